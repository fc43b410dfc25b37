import { expect, test } from 'vitest';
import {
  cut,
  delayed,
  doneBut,
  type Fault,
  instead,
  late,
  lost,
  page,
  slow,
  truncated,
  twice,
} from './fault.ts';
import {
  always,
  DEADLINE,
  endOf,
  type Faults,
  first,
  type Journey,
  journey,
  numbersOf,
} from './journey.ts';

/** How a read, a change that does no harm twice, and a creation end, and how many versions were made. */
interface Ends {
  readonly read: string;
  readonly set: string;
  readonly create: string;
  readonly made: number;
}

const TWO = 'done after 2';
const ONE = 'done after 1';
const UNKNOWN = 'unanswered/unknown after 1';

/** Repeated where that does no harm; a creation is not, and whether it happened is said to be unknown. */
const doubtful = (made: number): Ends => ({ read: TWO, set: TWO, create: UNKNOWN, made });
/** Repeated until it is enough; that a read did nothing is known all the same. */
const stormy = (made: number): Ends => ({
  read: 'unanswered/none after 5',
  set: 'unanswered/unknown after 5',
  create: UNKNOWN,
  made,
});
/** The same for all that is asked. */
const same = (end: string, made: number): Ends => ({ read: end, set: end, create: end, made });

const busy = (status: number, seconds?: number) => ({
  status,
  headers: { 'content-type': 'text/plain', ...(seconds && { 'retry-after': `${seconds}` }) },
  body: 'busy',
});
const json = (status: number, code: string) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error_code: code, message: 'on purpose' }),
});

const ONCE: readonly (readonly [string, Fault, Ends])[] = [
  ['a cut before the server', cut, doubtful(0)],
  ['a reply lost after the effect', lost, doubtful(1)],
  ['a reply cut short', truncated(1), doubtful(1)],
  ['a reply of which only the head comes', truncated(0), doubtful(1)],
  ['a page of a broken gateway', instead(page(502, 'Bad Gateway')), doubtful(0)],
  ['a gateway that gave up too early', doneBut(page(504, 'Gateway Timeout')), doubtful(1)],
  ['a page of a broken server', instead(page(500, 'Internal Server Error')), doubtful(0)],
  ['503', instead(busy(503)), doubtful(0)],
  ['503 with a time to come back', instead(busy(503, 2)), doubtful(0)],
  ['429', instead(busy(429)), same(TWO, 1)],
  ['429 with a time to come back', instead(busy(429, 2)), same(TWO, 1)],
  [
    'a failure that MLflow names',
    doneBut(json(500, 'INTERNAL_ERROR')),
    { ...same('refused/unknown after 1', 1), read: 'refused/none after 1' },
  ],
  [
    'a refusal that it names',
    instead(json(400, 'INVALID_PARAMETER_VALUE')),
    same('refused/none after 1', 0),
  ],
  [
    'a page where there should be an endpoint',
    instead(page(404, 'Not Found')),
    same('unsupported/none after 1', 0),
  ],
  ['a login that is asked for', instead(busy(401)), same('denied/none after 1', 0)],
  [
    'a page where there should be JSON',
    instead(page(200, 'Log in')),
    { ...same(UNKNOWN, 0), read: 'unanswered/none after 1' },
  ],
  ['slow bytes', slow(1), same(ONE, 1)],
  ['a delay', delayed(20), same(ONE, 1)],
  ['a second delivery', twice, same(ONE, 2)],
  ['a delivery held back', late, doubtful(0)],
];

const STORMS: readonly (readonly [string, Fault, Ends])[] = [
  ['cuts', cut, stormy(0)],
  ['lost replies', lost, stormy(1)],
  ['broken bodies', truncated(1), stormy(1)],
  ['503', instead(busy(503)), stormy(0)],
  ['503 for 30 s', instead(busy(503, 30)), stormy(0)],
  ['429', instead(busy(429)), same('contended/none after 5', 0)],
  ['429 for 30 s', instead(busy(429, 30)), same('contended/none after 5', 0)],
  ['429 for an hour', instead(busy(429, 3600)), same('contended/none after 1', 0)],
];

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

async function heldTo(ends: Ends, open: () => Promise<Journey>): Promise<Journey[]> {
  const [read, set, create] = [await open(), await open(), await open()];
  expect(await endOf(read, read.registry.model(read.model))).toBe(ends.read);
  expect(await endOf(set, set.registry.setAlias(set.model, 'champion', '1'))).toBe(ends.set);
  if (ends.set.startsWith('done')) {
    expect((await set.direct.model(set.model))?.aliases).toEqual(new Map([['champion', '1']]));
  }
  const made = create.registry.createVersion({ model: create.model, source: 's3://bucket/next' });
  expect(await endOf(create, made)).toBe(ends.create);
  expect(await numbersOf(create)).toHaveLength(1 + ends.made);
  return [read, set, create];
}

/** Each kind of call under each fault: the right kind of error, or repeated and right. */
export function endsUnderFaults(server: () => string): void {
  const open = (faults: Faults) => () => journey(server(), faults);

  test.each(ONCE)('%s, once', async (_, fault, ends) => {
    await heldTo(ends, open(first(fault)));
  });

  test.each(STORMS)('%s without end, within the deadline', async (_, fault, ends) => {
    for (const { slept } of await heldTo(ends, open(always(fault)))) {
      expect(sum(slept)).toBeLessThan(DEADLINE);
    }
  });

  test('who is asked to come back later does, and not before', async () => {
    const patient = await journey(server(), first(instead(busy(503, 30)), instead(busy(429, 7))));
    await patient.registry.model(patient.model);
    expect(patient.slept).toEqual([expect.any(Number), expect.any(Number)]);
    expect(patient.slept[0]).toBeGreaterThanOrEqual(30_000);
    expect(patient.slept[1]).toBeGreaterThanOrEqual(7000);
  });

  test('no pause goes beyond the deadline', async () => {
    const hurried = await journey(server(), always(instead(busy(503))), { deadline: 3000 });
    const end = await endOf(hurried, hurried.registry.model(hurried.model));
    expect(end).toMatch(/^unanswered\/none after [234]$/);
    expect(sum(hurried.slept)).toBeLessThan(3000);
  });

  test.each([
    ['a server that is silent', delayed(60_000)],
    ['bytes that never end', slow(60_000)],
  ])('%s is waited for as long as the call may take', async (_, fault) => {
    const slowed = await journey(server(), always(fault));
    const { registry, model } = slowed;
    const set = registry.setAlias(model, 'champion', '1', { within: 200 });
    expect(await endOf(slowed, set)).toBe(UNKNOWN);
  });
}
