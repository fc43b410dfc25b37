import { expect, test } from 'vitest';
import { seemsGone } from './silent.ts';

const MINUTE = 60_000;
const TICKET = {
  ...{ number: '1', queue: 'moves' as const, environment: 'production', intent: '' },
  ...{ marks: new Map(), holder: { actor: 'ann' }, lease: 2 * MINUTE, taken: 0 },
};

test.each([
  ['was just taken', { renewals: 0 }, MINUTE, false],
  ['has not been heard of for longer than its lease', { renewals: 0 }, 4 * MINUTE, true],
  ['has been renewed all the time', { renewals: 30 }, 10 * MINUTE, false],
  ['was renewed, and then no more', { renewals: 6 }, 10 * MINUTE, true],
  ['is renewed a little late each time', { renewals: 150 }, 60 * MINUTE, false],
  ['says that its holder has gone', { renewals: 30, left: 'SIGTERM' }, 10 * MINUTE, true],
])('one that %s', (_, ticket, now, gone) => {
  expect(seemsGone({ ...TICKET, ...ticket }, now)).toBe(gone);
});
