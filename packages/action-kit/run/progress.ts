import type { Progress, Unit } from '@passmuster/core/progress.ts';
import { amount, duration } from '@passmuster/report/quantity.ts';
import { rateOf } from '@passmuster/report/rate.ts';
import type { Log } from './log.ts';

/** Work below this is over before anybody would look. */
const QUIET_MS = 1000;
const EVERY_MS = 10_000;

/** Sparse lines in a group of their own, for work of more than a second. */
export function logProgress(log: Log, now: () => number): Progress {
  return {
    begin(name: string, total: number, unit: Unit) {
      const start = now();
      let done = 0;
      let printed: number | undefined;
      return {
        advance(more) {
          done += more;
          const time = now();
          if (printed === undefined ? time - start < QUIET_MS : time - printed < EVERY_MS) return;
          if (printed === undefined) log.open(name);
          printed = time;
          log.print(rateOf({ done, total, unit, milliseconds: time - start }));
        },
        end() {
          if (printed === undefined) return;
          log.print(`${amount(done, unit)} in ${duration(now() - start)}`);
          log.close();
        },
      };
    },
  };
}
