import type { Figure } from './figures.ts';
import type { Measured } from './measure.ts';
import { ratioOf } from './rounds.ts';
import { secondsOf } from './times.ts';

/** How many times as long the one took as the other. */
export const over = (
  ours: string,
  theirs: string,
  [one, other]: readonly [readonly Measured[], readonly Measured[]],
  limits: Pick<Figure, 'atMost'> = {},
): Figure => ({
  name: `${ours} over ${theirs}`,
  unit: '×',
  spread: ratioOf(secondsOf(one), secondsOf(other)),
  ...limits,
});

/** Ten times as fast as Python; not half as long again as curl; a few times an empty script. */
export const [PYTHON, CURL, EMPTY] = [{ atMost: 0.1 }, { atMost: 1.5 }, { atMost: 5 }];

/** Of what talks to a cluster. */
export const CLUSTER = { atMost: 8 };
