import type { OutputsOf } from '@passmuster/action-kit/spec/verb.ts';
import { isWaived, type Ruled } from '@passmuster/core/gates/waivers.ts';
import type { Annotation, Outcome } from '@passmuster/core/outcome.ts';
import { plainText } from '@passmuster/core/page.ts';
import { headline, leniency, pageOf, remarksOf } from './page.ts';
import { reportOf } from './report-of.ts';
import type { spec } from './spec.ts';
import {
  byUrgency,
  championNumber,
  decisive,
  isIn,
  isRefused,
  nameOf,
  pardonOf,
  standingInTheWay,
  type Told,
  verdictIn,
} from './told.ts';

const TITLE = 'passmuster validate';

/** On the line where the gate is written, as far as it stands in the way. */
function gateAnnotation(told: Told, judged: Ruled): Annotation[] {
  const { gate, verdict, reasons } = judged;
  if (isIn(verdict)) return [];
  const what = verdict === 'fail' ? 'does not hold' : 'is inconclusive';
  // Where no line can say it, words must.
  const where = gate.place && gate.place.line === undefined ? ` (${gate.from})` : '';
  return [
    {
      level: pardonOf(told, judged) === undefined ? 'error' : 'warning',
      title: TITLE,
      message: `${gate.text}${where} ${what}: ${reasons.join(' ')}`,
      ...(gate.place && { place: gate.place }),
    },
  ];
}

function annotationsOf(told: Told): Annotation[] {
  const refused = isRefused(told);
  const gates = byUrgency(told).flatMap((judged) => gateAnnotation(told, judged));
  const lenient = leniency(told);
  const whole: Annotation[] = [];
  // Without a gate that says so itself, the verdict must not go by unseen.
  if (refused && standingInTheWay(told).length === 0) {
    whole.push({ level: 'error', title: TITLE, message: `${plainText(headline(told))}.` });
  }
  if (lenient !== undefined) {
    whole.push({
      level: 'warning',
      title: TITLE,
      message: `${plainText(headline(told))}. ${lenient}`,
    });
  }
  const remarks = remarksOf(told).map(
    (message): Annotation => ({ level: 'notice', title: TITLE, message }),
  );
  return [...gates, ...whole, ...remarks];
}

/** The judgement in words, for people and for programs. */
export function outcomeOf(told: Told): Outcome<OutputsOf<typeof spec>> {
  const { subjects } = told;
  const { candidate } = subjects;
  const failed = decisive(told).filter(
    (one) => one.gate.level === 'fail' && one.verdict === 'fail' && !isWaived(one),
  );
  return {
    result: isRefused(told) ? 'refused' : 'done',
    outputs: {
      verdict: verdictIn(told),
      version: candidate?.version.number ?? '',
      'semantic-version': nameOf(candidate ?? {}),
      champion: championNumber(subjects),
      failed: failed.map(({ gate }) => gate.text).join('\n'),
    },
    page: pageOf(told),
    report: reportOf(told),
    annotations: annotationsOf(told),
  };
}
