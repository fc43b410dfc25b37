import type { Progress } from '@passmuster/core/progress.ts';
import { rateOf } from '@passmuster/report/rate.ts';
import { cut } from '@passmuster/report/width.ts';
import type { Terminal } from './terminal.ts';

const QUIET_MS = 1000;
const EVERY_MS = 100;
const CELLS = 20;

/** One line that is drawn over, for work of more than a second, with rate and time left. */
export function bar(io: Terminal, now: () => number): Progress {
  return {
    begin(name, total, unit) {
      const start = now();
      let done = 0;
      let drawn: number | undefined;
      return {
        advance(more) {
          done += more;
          const time = now();
          if (drawn === undefined ? time - start < QUIET_MS : time - drawn < EVERY_MS) return;
          drawn = time;
          const full = total > 0 ? Math.min(CELLS, Math.floor((CELLS * done) / total)) : CELLS;
          const cells = '█'.repeat(full) + '░'.repeat(CELLS - full);
          const pace = rateOf({ done, total, unit, milliseconds: time - start });
          io.draw((width) => cut(`${name} ${cells} ${pace}`, width));
        },
        end() {
          if (drawn !== undefined) io.draw(() => '');
        },
      };
    },
  };
}
