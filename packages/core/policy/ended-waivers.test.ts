import { expect, test } from 'vitest';
import { endedWaivers } from './ended-waivers.ts';
import { loadPolicy } from './load.ts';

const POLICY = `models: { m: { gates: [a <= 1, b <= 1] } }
environments:
  staging: {}
  live:
    waivers:
      - { gate: a <= 1, reason: r, approver: ann, until: 2026-12-31 }
      - { gate: b <= 1, reason: r, approver: ann, until: 2026-12-31T12:00Z }
`;
const A = [6, 'The waiver of `a <= 1` in `environments.live` ended on 2026-12-31.'];
const B = [7, 'The waiver of `b <= 1` in `environments.live` ended at 2026-12-31T12:00Z.'];

test.each([
  ['2026-12-31T11:59:59.999Z', []],
  ['2026-12-31T12:00:00Z', [B]],
  ['2026-12-31T23:59:59.999Z', [B]],
  ['2027-01-01T00:00:00Z', [A, B]],
])('waivers that have ended by %s', (now, expected) => {
  const ended = endedWaivers(loadPolicy(POLICY, 'p.yaml'), Date.parse(now));
  expect(ended.map(({ place, message }) => [place?.line, message])).toEqual(expected);
});
