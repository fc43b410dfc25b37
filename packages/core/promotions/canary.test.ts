import { expect, test } from 'vitest';
import type { Ticket, TicketOutcome } from '../ledger/ledger.ts';
import { canaryIn, lastTraffic } from './canary.ts';
import type { Traffic } from './record.ts';
import { RECORD } from './tickets.fixture.ts';

let next = 1;

/** A sealed ticket of an environment; without traffic, one of the registry alone. */
function ticket(outcome: TicketOutcome, to: string, traffic?: Omit<Traffic, 'configmap'>): Ticket {
  const number = String(next++);
  const record = {
    ...{ ...RECORD, verb: 'deploy', from: { number: '1' }, to: { number: to }, steps: [] },
    ...(traffic && { traffic: { configmap: 'ml/versions', ...traffic } }),
  };
  return { number, outcome, record } as unknown as Ticket;
}

const ten = (of = 'v2') => ({ current: 'v1', canary: of, share: 10 });
const full = (current: string) => ({ current, share: 0 });

test.each<[string, Ticket[], string | undefined]>([
  ['nothing was ever moved', [], undefined],
  ['only the registry was', [ticket('done', '2')], undefined],
  ['one was begun', [ticket('canary', '2', ten())], '2'],
  [
    'its share was changed',
    [ticket('canary', '2', ten()), ticket('canary', '2', { ...ten(), share: 50 })],
    '2',
  ],
  ['another was put back', [ticket('canary', '2', ten()), ticket('put-back', '3', ten('v3'))], '2'],
  [
    'something else was stopped',
    [ticket('canary', '2', ten()), ticket('stopped', '3', full('v3'))],
    '2',
  ],
  [
    'it was promoted in the registry alone',
    [ticket('canary', '2', ten()), ticket('done', '2')],
    '2',
  ],
  ['it was deployed', [ticket('canary', '2', ten()), ticket('done', '2', full('v2'))], undefined],
  ['it was dropped', [ticket('canary', '2', ten()), ticket('done', '1', full('v1'))], undefined],
  ['it gets no traffic', [ticket('canary', '2', { ...ten(), share: 0 })], undefined],
  ['it was put back', [ticket('put-back', '2', ten())], undefined],
])('the canary that runs where %s', (_, sealed, number) => {
  expect(canaryIn(sealed)?.party.number).toBe(number);
});

test('the last move of the traffic is the last that came about', () => {
  const sealed = [
    ticket('done', '1', full('v1')),
    ticket('canary', '2', ten()),
    ticket('done', '2'),
  ];
  expect(lastTraffic(sealed)?.ticket.number).toBe(sealed[1]?.number);
  expect(lastTraffic([...sealed, ticket('put-back', '3', full('v3'))])?.ticket).toBe(sealed[1]);
  expect(lastTraffic([ticket('done', '2')])).toBeUndefined();
});
