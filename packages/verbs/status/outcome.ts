import type { OutputsOf } from '@passmuster/action-kit/spec/verb.ts';
import type { Annotation, Outcome } from '@passmuster/core/outcome.ts';
import { plainText } from '@passmuster/core/page.ts';
import { disagreementTexts } from './disagreements.ts';
import { pageOf } from './page.ts';
import { remarksOf } from './remarks.ts';
import { reportOf } from './report-of.ts';
import type { spec } from './spec.ts';
import { disagreementsIn, type Told } from './told.ts';

const TITLE = 'passmuster status';

function annotationsOf(told: Told): Annotation[] {
  const level = told.inputs.check ? 'error' : 'warning';
  const wrong = disagreementTexts(told).map(
    (text): Annotation => ({ level, title: TITLE, message: plainText(text) }),
  );
  const remarks = remarksOf(told).map(
    (text): Annotation => ({ level: 'notice', title: TITLE, message: plainText(text) }),
  );
  // A watch that can see nothing must not look like one that has found nothing.
  const blind: Annotation[] =
    told.noLedger === undefined
      ? []
      : [
          {
            level: 'warning',
            title: TITLE,
            message: `${told.noLedger} Nothing could be compared.`,
          },
        ];
  return [...wrong, ...blind, ...remarks];
}

/** The number that is live, where one environment of one model is asked for and nothing speaks against it. */
function liveNumber({ inputs, models }: Told): string {
  if (inputs.model === undefined || inputs.environment === undefined) return '';
  const [one] = models.flatMap(({ environments }) => environments);
  return one === undefined || one.state === 'disagrees' ? '' : (one.party?.number ?? '');
}

/** What was seen, for people and for programs. */
export function outcomeOf(told: Told): Outcome<OutputsOf<typeof spec>> {
  const disagreements = disagreementsIn(told);
  return {
    result: told.inputs.check && disagreements > 0 ? 'refused' : 'done',
    outputs: {
      outcome: disagreements > 0 ? 'disagrees' : 'agrees',
      disagreements,
      version: liveNumber(told),
    },
    page: pageOf(told),
    report: reportOf(told),
    annotations: annotationsOf(told),
  };
}
