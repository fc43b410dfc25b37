import { PassmusterError } from '@passmuster/core/errors.ts';
import { Claimed, type Held, type Ledger } from '@passmuster/core/ledger/ledger.ts';
import { environmentDefaults } from '@passmuster/core/policy/defaults.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { expect, test } from 'vitest';
import { surroundings } from '../../../test/surroundings.ts';
import type { Place } from './place.ts';
import type { Ports } from './ports.ts';
import { underTicket } from './under-ticket.ts';

const bug = new TypeError('a bug of ours');
const gone = new PassmusterError('upstream', [{ message: 'The registry is gone.' }]);
const claimed = new Claimed('4', { message: 'Ticket 3 was claimed.' });

/** Work under a ticket; what a look at the ledger, and letting go of the ticket, come to. */
function work(error: Error, { look = gone, letGo = gone }: { look?: Error; letGo?: Error }) {
  const warned: string[] = [];
  const voice = { note: () => {}, hide: () => {}, warn: (text: string) => void warned.push(text) };
  const held = { number: '3', letGo: () => Promise.reject(letGo) } as unknown as Held;
  const fail = () => Promise.reject(look);
  async function* versions() {
    yield await fail();
  }
  const ledger = { name: 'passmuster.m', take: async () => held, whole: fail, created: fail };
  const place: Place = {
    model: 'm',
    environment: { name: 'production', policy: environmentDefaults('production') },
    policy: { from: 'none' } as unknown as Place['policy'],
    registry: { model: fail, versions } as unknown as Registry,
    ledger: ledger as unknown as Ledger,
    ports: surroundings({ voice }) as Ports,
  };
  const request = { place, intent: 'x', marks: new Map(), wait: 0 };
  const ended = underTicket(request, () => Promise.reject(error)).catch((it: unknown) => it);
  return { ended, warned };
}

test('what ended the work is told, also where nothing more can be found out', async () => {
  const { ended, warned } = work(gone, {});
  expect(await ended).toBe(gone);
  expect(warned.join()).toContain('Ticket 3 is left as it stands');
  expect(await work(claimed, {}).ended).toMatchObject({
    kind: 'conflict',
    problems: [{ message: 'Ticket 3 was claimed.' }],
  });
});

test('a bug on the way out is one', async () => {
  expect(await work(claimed, { look: bug }).ended).toBe(bug);
  expect(await work(gone, { letGo: bug }).ended).toBe(bug);
});
