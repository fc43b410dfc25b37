import { describe, expect, test } from 'vitest';
import { surroundings } from '../../../test/surroundings.ts';
import { RegistryError, type RegistryFailure } from '../registry/error.ts';
import type { Registry } from '../registry/registry.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './open.ts';

const failing = (failure: RegistryFailure): RegistryError =>
  new RegistryError(failure, { message: 'Nothing comes of it.' });

const gone = failing({ reason: 'unreachable', effect: 'none' });
const silent = failing({ reason: 'unanswered', effect: 'none' });
const busy = failing({ reason: 'contended', effect: 'none' });
const page = failing({ reason: 'unanswered', effect: 'none', status: 200, lasting: true });
const denied = failing({ reason: 'denied', effect: 'none', status: 403 });

/** A ledger whose time passes only while it is waited for, on a registry that fails at each question. */
function failingWith(error: Error) {
  let [asked, now] = [0, 0];
  const fail = async (): Promise<never> => {
    asked++;
    throw error;
  };
  const registry = {
    address: 'https://registry',
    has: fail,
    model: fail,
    version: fail,
    async *versions() {
      yield await fail();
    },
  } as unknown as Registry;
  const sleep = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
  };
  const clock = { now: () => now, elapsed: () => now, sleep };
  const ledger = openLedger({ ...surroundings({ clock }), registry, model: 'm', lease: LEASE });
  return { ledger, asked: () => asked, now: () => now };
}

const LEASE = 120_000;
const { signal } = new AbortController();

const READS: readonly (readonly [string, (ledger: Ledger) => Promise<unknown>])[] = [
  ['possible', (ledger) => ledger.possible(signal)],
  ['look', (ledger) => ledger.look(signal)],
  ['ticket', (ledger) => ledger.ticket('1', signal)],
  ['find', (ledger) => ledger.find(new Map(), signal)],
  ['last', (ledger) => ledger.last('names', signal)],
  ['whole', (ledger) => ledger.whole(signal)],
];

describe.each([
  ['is not there', gone, 1],
  ['gives no answer', silent, 5],
  ['is too busy', busy, 5],
  ['is none, but a page', page, 1],
  ['denies it', denied, 1],
])('a registry that %s', (_, error, times) => {
  test.each(READS)('is not asked for a lease by who only reads: %s', async (__, read) => {
    const { ledger, asked, now } = failingWith(error);
    await expect(read(ledger)).rejects.toThrow('Nothing comes of it');
    expect(asked()).toBe(times);
    expect(now()).toBeLessThan(LEASE / 10);
  });
});

const request = { queue: 'names' as const, environment: '', intent: 'x', marks: new Map() };
const options = { wait: 0, signal, waiting: () => {}, answerFor: async () => expect.fail() };

test.each([
  ['gives no answer', silent],
  ['is too busy', busy],
  ['is for now a page', page],
])('one that %s is asked for a lease by who is about to write', async (_, error) => {
  const { ledger, now } = failingWith(error);
  await expect(ledger.take(request, options)).rejects.toThrow('Nothing comes of it');
  expect(now()).toBeGreaterThanOrEqual(LEASE);
});

test('one that is not there is told at once: it has been tried often enough by then', async () => {
  const { ledger, asked } = failingWith(gone);
  await expect(ledger.take(request, options)).rejects.toThrow('Nothing comes of it');
  expect(asked()).toBe(1);
});
