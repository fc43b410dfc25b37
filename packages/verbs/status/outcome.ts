import type { OutputsOf } from '@passmuster/action-kit/spec/verb.ts';
import type { Annotation, Outcome } from '@passmuster/core/outcome.ts';
import { plainText } from '@passmuster/core/page.ts';
import { wrongIn } from './disagreements.ts';
import { pageOf } from './page.ts';
import { remarksOf, unseen } from './remarks.ts';
import { reportOf } from './report-of.ts';
import type { spec } from './spec.ts';
import { disagreementsIn, type Told } from './told.ts';

const TITLE = 'passmuster status';

function annotationsOf(told: Told): Annotation[] {
  const level = told.inputs.check ? 'error' : 'warning';
  const wrong = wrongIn(told).map(({ text, commands = [] }): Annotation => {
    const mend = commands.map((one) => ` \`${one}\``).join(', then');
    return { level, title: TITLE, message: plainText(text) + mend };
  });
  const { noCluster, ...rest } = told;
  const remarks = remarksOf(rest).map(
    (text): Annotation => ({ level: 'notice', title: TITLE, message: plainText(text) }),
  );
  // A watch that can see nothing must not look like one that has found nothing.
  const blind = [
    told.noLedger === undefined ? [] : `${told.noLedger} Nothing could be compared.`,
    noCluster === undefined ? [] : unseen(noCluster),
  ]
    .flat()
    .map((message): Annotation => ({ level: 'warning', title: TITLE, message }));
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
