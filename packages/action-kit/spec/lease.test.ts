import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { leaseFrom } from './lease.ts';

test.each([
  [undefined, 120_000],
  ['', 120_000],
  ['3s', 3_000],
  ['24h', 86_400_000],
])('PASSMUSTER_LEASE=%s', (raw, lease) => {
  expect(leaseFrom({ PASSMUSTER_LEASE: raw })).toBe(lease);
});

// A ticket with such a lease would be one that nobody can read.
test.each(['25h', '999ms', '0s', 'long', '-1s'])('PASSMUSTER_LEASE=%s is refused', (raw) => {
  expect(() => leaseFrom({ PASSMUSTER_LEASE: raw })).toThrow(InputError);
});
