import { expect, test } from 'vitest';
import type { Log } from './log.ts';
import { logProgress } from './progress.ts';

function recorded() {
  const lines: string[] = [];
  const log: Log = {
    print: (text) => lines.push(text),
    debug: () => {},
    open: (group) => lines.push(`> ${group}`),
    close: () => lines.push('<'),
  };
  return { lines, log };
}

test('work that is over at once prints nothing', () => {
  const { lines, log } = recorded();
  const phase = logProgress(log, () => 5).begin('Hashing', 100, 'bytes');
  phase.advance(100);
  phase.end();
  expect(lines).toEqual([]);
});

test('long work prints sparse lines in a group', () => {
  const { lines, log } = recorded();
  let now = 0;
  const phase = logProgress(log, () => now).begin('Hashing', 4e9, 'bytes');
  for (let second = 1; second <= 40; second++) {
    now = second * 1000;
    phase.advance(1e8);
  }
  phase.end();
  expect(lines).toEqual([
    '> Hashing',
    '100 MB of 4.0 GB (2 %), 100 MB/s, 39 s left',
    '1.1 GB of 4.0 GB (27 %), 100 MB/s, 29 s left',
    '2.1 GB of 4.0 GB (52 %), 100 MB/s, 19 s left',
    '3.1 GB of 4.0 GB (77 %), 100 MB/s, 9.0 s left',
    '4.0 GB in 40 s',
    '<',
  ]);
});
