import type { Problem } from '../errors.ts';
import { pathText, quotable } from '../quote.ts';
import type { Policy } from './policy.ts';
import { endText, hasEnded } from './until.ts';

/** What should be tidied away, or agreed upon again. */
export const endedWaivers = ({ environments }: Policy, now: number): Problem[] =>
  [...environments].flatMap(([name, { waivers }]) =>
    waivers
      .filter(({ until }) => hasEnded(until, now))
      .map(({ gate, until, place }) => ({
        message: `The waiver of \`${quotable(gate, 200)}\` in \`${pathText(['environments', name])}\` ended ${endText(until)}.`,
        place,
        hint: 'Take it out, or agree on a later end.',
      })),
  );
