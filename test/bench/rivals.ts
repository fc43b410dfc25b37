import type { Figure } from './figures.ts';
import type { Measured } from './measure.ts';
import { CURL, EMPTY, over, PYTHON } from './over.ts';
import { secondsOf, time } from './times.ts';

type Runs = readonly Measured[];

/** What a user would run instead, and a script that does nothing. */
interface Rivals {
  readonly python: Runs;
  readonly curl: Runs;
  readonly empty: Runs;
}

/** What each took, and how many times as long each of ours took as each of the rivals. */
export function againstRivals(
  ours: Readonly<Record<string, Runs>>,
  { python, curl, empty }: Rivals,
  curlIs = 'curl',
): Figure[] {
  const all = Object.entries(ours);
  return [
    time('Python’s client', secondsOf(python)),
    time(curlIs, secondsOf(curl)),
    ...all.map(([name, runs]) => time(name, secondsOf(runs))),
    ...all.flatMap(([name, runs]) => [
      over(name, 'Python’s client', [runs, python], PYTHON),
      over(name, curlIs, [runs, curl], CURL),
      over(name, 'empty', [runs, empty], EMPTY),
    ]),
  ];
}
