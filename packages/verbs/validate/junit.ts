import { InputError } from '@passmuster/core/errors.ts';
import type { Ruled } from '@passmuster/core/gates/waivers.ts';
import { plainText } from '@passmuster/core/page.ts';
import { type JunitCase, junit } from '@passmuster/report/junit.ts';
import { headline } from './page.ts';
import type { Ports } from './ports.ts';
import { isIn, isRefused, pardonOf, standingInTheWay, type Told } from './told.ts';

const ENDS = {
  pass: 'passed',
  fail: 'failed',
  inconclusive: 'error',
  'not-applicable': 'skipped',
} as const;

/** A gate that does not stop the job fails no suite: it is skipped, with its reason. */
function caseOf(told: Told, judged: Ruled): JunitCase {
  const { gate, verdict, reasons } = judged;
  const pardon = isIn(verdict) ? undefined : pardonOf(told, judged);
  const end = pardon === undefined ? ENDS[verdict] : 'skipped';
  const message = [pardon, ...reasons].filter(Boolean).join(' ');
  return { name: gate.text, group: gate.from, end, message };
}

/** Where the job stops and no gate says so, the suite must not look sound. */
function wholeOf(told: Told): JunitCase[] {
  if (!isRefused(told) || standingInTheWay(told).length > 0) return [];
  const message = `${plainText(headline(told))}.`;
  return [{ name: 'verdict', group: 'passmuster validate', end: 'error', message }];
}

/** The gates as test results, where a file was asked for. One that cannot be written changes no verdict. */
export async function writeJunit(
  told: Told,
  { files, voice }: Pick<Ports, 'files' | 'voice'>,
): Promise<void> {
  const { junit: file, model, version } = told.inputs;
  if (file === undefined) return;
  const suite = ['passmuster validate', model, version].filter(Boolean).join(' ');
  const gates = told.judgement.judged.map((judged) => caseOf(told, judged));
  try {
    await files.write(file, junit(suite, [...gates, ...wholeOf(told)]), { makesFolder: true });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const { message, hint } of error.problems) {
      voice.warn(hint === undefined ? message : `${message} ${hint}`);
    }
  }
}
