import { Interrupted } from '@passmuster/core/errors.ts';
import { describe, expect, test } from 'vitest';
import { around, looking } from '../register/running.fixture.ts';
import {
  historyOf,
  killed,
  lastTicket,
  ledgerOf,
  MODEL,
  problemsOf,
  promoteTo,
  registered,
  run,
  stands,
  toWhomAllEnded,
  watched,
} from './running.fixture.ts';

const POLICY = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments: { live: { stage: Production }, other: {} }
`;
const TO = { environment: 'live' };
const NEXT = { ...TO, version: 'v1.1.0' };
const BEFORE = { live: '1', Production: '1' };
const AFTER = { live: '2', Production: '2', Archived: '1' };
const { signal } = new AbortController();

/** The first of three versions is live. */
async function live(): Promise<string> {
  const address = await registered([0.8, 0.9, 0.95], POLICY);
  await promoteTo(address, 'v1.0.0', 'live');
  return address;
}

/** Told to stop once a call is answered. */
function stoppedAfter(address: string, call: string) {
  const controller = new AbortController();
  const openRegistry = watched(address, {
    after: (name, given) => {
      if (name === call && given[0] === MODEL) controller.abort(new Interrupted('SIGTERM'));
    },
  });
  return { openRegistry, signal: controller.signal, lease: SHORT_LEASE };
}

describe('a run that is told to stop', () => {
  test('while it waits leaves nothing behind', async () => {
    const address = await live();
    const ledger = ledgerOf(await looking(address));
    const request = {
      queue: 'moves' as const,
      environment: 'other',
      intent: 'x',
      marks: new Map(),
    };
    const held = await ledger.take(request, {
      ...{ wait: 0, signal, waiting: () => {} },
      answerFor: async () => ({ outcome: 'void', result: {} }),
    });
    const controller = new AbortController();
    const notes: string[] = [];
    const note = (text: string) => {
      notes.push(text);
      controller.abort(new Interrupted('SIGINT'));
    };
    const voice = { ...around().voice, note };
    const stopped = run(address, NEXT, { voice, signal: controller.signal });
    await expect(stopped).rejects.toMatchObject({ kind: 'signal', signal: 'SIGINT' });
    expect(notes).toMatchObject([expect.stringMatching(/^Waiting behind /)]);
    expect(await lastTicket(address)).toMatchObject({ outcome: 'void' });
    expect(await stands(address)).toEqual(BEFORE);
    await held.letGo();
    expect((await run(address, NEXT)).outputs.outcome).toBe('promoted');
  });

  test('who waits too long is told who holds, and leaves nothing behind', async () => {
    const address = await live();
    const ledger = ledgerOf(await looking(address));
    const request = { queue: 'moves' as const, environment: 'live', intent: 'x', marks: new Map() };
    const held = await ledger.take(request, {
      ...{ wait: 0, signal, waiting: () => {} },
      answerFor: async () => ({ outcome: 'void', result: {} }),
    });
    const problems = await problemsOf(run(address, { ...NEXT, wait: '300ms' }));
    expect(problems).toMatch(/^conflict: /);
    expect(await lastTicket(address)).toMatchObject({ outcome: 'void' });
    await held.letGo();
  });

  test.each([
    ['between stage and alias', 'moveToStage', { live: '1', Production: '2', Archived: '1' }],
    ['after the last effect', 'setAlias', AFTER],
  ])('%s says so, and the next goes on', async (_, call, between) => {
    const address = await live();
    const stopped = run(address, NEXT, stoppedAfter(address, call));
    await expect(stopped).rejects.toBeInstanceOf(Interrupted);
    expect(await stands(address)).toEqual(between);
    const left = await lastTicket(address);
    expect(left).toMatchObject({ left: 'SIGTERM', record: { to: { number: '2' } } });
    expect(left).not.toHaveProperty('outcome');
    const { result, outputs } = await run(address, NEXT);
    expect([result, outputs.outcome, outputs.record]).toEqual(['done', 'promoted', left?.number]);
    expect(outputs['promotion-id']).toBe(left?.record?.['id']);
    expect(outputs).toMatchObject({ from: '1', to: '2' });
    expect(await stands(address)).toEqual(AFTER);
    const history = await historyOf(address, 'live');
    expect(history).toHaveLength(2);
    expect(history[1]).toMatchObject({ number: left?.number, outcome: 'done' });
    expect((await run(address, NEXT)).outputs).toMatchObject({
      outcome: 'unchanged',
      record: left?.number,
    });
  });
});

type Place = [string, 'before' | 'after', string, Record<string, string>];
const KILLS: Place[] = [
  ['before the record is there', 'before', 'tagVersion', BEFORE],
  ['once it is recorded', 'after', 'tagVersion', BEFORE],
  ['before the stage moves', 'before', 'moveToStage', BEFORE],
  ['once the stage has moved', 'after', 'moveToStage', { ...AFTER, live: '1' }],
  ['before the alias moves', 'before', 'setAlias', { ...AFTER, live: '1' }],
  ['once all has moved', 'after', 'setAlias', AFTER],
];

/** A third of it passes before somebody who has ended is answered for. */
const SHORT_LEASE = 12_000;

async function kill(address: string, when: 'before' | 'after', call: string): Promise<void> {
  const openRegistry = killed(address, when, (name, [model, , tag]) =>
    call === 'tagVersion' ? name === call && tag === 'passmuster.record' : name === call && !!model,
  );
  const running = run(address, NEXT, { openRegistry, lease: SHORT_LEASE });
  await expect(running).rejects.toThrow('killed');
}

/** One world for each moment, each left behind there; their waits for the dead go side by side. */
async function afterEachKill(
  look: (address: string, what: string, between: Record<string, string>) => Promise<void>,
): Promise<void> {
  const worlds: [string, Place][] = [];
  for (const place of KILLS) worlds.push([await live(), place]);
  await Promise.all(
    worlds.map(async ([address, [what, when, call, between]]) => {
      await kill(address, when, call);
      expect(await stands(address), what).toEqual(between);
      await look(address, what, between);
    }),
  );
}

describe('a run that was killed, at whatever moment', () => {
  test('is ended by the next of the same wish', () =>
    afterEachKill(async (address, what) => {
      const left = await lastTicket(address);
      const { result, outputs } = await run(address, NEXT, toWhomAllEnded());
      expect([result, outputs.outcome], what).toEqual(['done', 'promoted']);
      expect(outputs, what).toMatchObject({ from: '1', to: '2' });
      expect(await stands(address), what).toEqual(AFTER);
      const history = await historyOf(address, 'live');
      expect(
        history.map(({ outcome }) => outcome),
        what,
      ).toEqual(['done', 'done']);
      expect(outputs.record, what).toBe(history[1]?.number);
      if (left?.record) expect(outputs.record, what).toBe(left.number);
      expect(outputs['promotion-id'], what).toBe(history[1]?.record?.['id']);
      expect((await run(address, NEXT)).outputs.outcome, what).toBe('unchanged');
    }));

  test('with `expect`, too, by the same words again', async () => {
    const [address, other] = [await live(), await live()];
    for (const one of [address, other]) await kill(one, 'after', 'moveToStage');
    const wrong = run(other, { ...NEXT, expect: 'v1.2.0' }, toWhomAllEnded());
    const same = await run(address, { ...NEXT, expect: 'v1.0.0' }, toWhomAllEnded());
    expect([same.result, same.outputs.outcome]).toEqual(['done', 'promoted']);
    expect(same.outputs).toMatchObject({ from: '1', to: '2' });
    expect((await wrong).result).toBe('conflict');
    expect((await run(address, { ...NEXT, expect: 'v1.0.0' })).result).toBe('conflict');
  });

  test('is put back by one of another wish, or sealed where all of it is there', () =>
    afterEachKill(async (address, what, between) => {
      const left = await lastTicket(address);
      const isThere = between === AFTER;
      const given = { ...TO, version: 'v1.2.0' };
      const { outputs, page, report } = await run(address, given, toWhomAllEnded());
      const from = isThere ? '2' : '1';
      expect(outputs, what).toMatchObject({ outcome: 'promoted', from, to: '3' });
      expect(await stands(address), what).toMatchObject({ live: '3', Production: '3' });
      const history = await historyOf(address, 'live');
      const ended = isThere ? ['done'] : left?.record ? ['put-back'] : [];
      const ticket = left?.number;
      const answered = ended.map((outcome) => ({ ticket, environment: 'live', outcome }));
      expect(report, what).toMatchObject({ answered });
      const shown = isThere ? 'counts as done' : 'it was put back';
      if (ended.length > 0) expect(JSON.stringify(page), what).toContain(shown);
      expect(
        history.map(({ outcome }) => outcome),
        what,
      ).toEqual(['done', ...ended, 'done']);
    }));

  test('to another environment of the model, too', async () => {
    const address = await live();
    await kill(address, 'after', 'moveToStage');
    const { outputs } = await run(address, { environment: 'other' }, toWhomAllEnded());
    expect(outputs.outcome).toBe('promoted');
    expect(await stands(address)).toMatchObject({ live: '1', Production: '1', other: '1' });
    expect((await historyOf(address, 'live')).map(({ outcome }) => outcome)).toEqual([
      'done',
      'put-back',
    ]);
  });

  test('a dry run does not plan on what may never be', async () => {
    const address = await live();
    await kill(address, 'after', 'moveToStage');
    const problems = await problemsOf(
      run(address, { ...NEXT, 'dry-run': 'true' }, toWhomAllEnded()),
    );
    expect(problems).toMatch(/^conflict: Something has begun to move and has not ended/);
    expect(await stands(address)).toEqual({ ...AFTER, live: '1' });
  });

  test('and where somebody has put another there since, everything stops', async () => {
    const address = await live();
    await kill(address, 'after', 'moveToStage');
    const registry = await looking(address);
    await registry.setAlias(MODEL, 'live', '3');
    const { result, outputs, said } = await run(address, NEXT, toWhomAllEnded());
    expect([result, outputs.outcome]).toEqual(['conflict', 'refused']);
    expect(said).toMatch(/the alias live stands at number 3.*settle/);
    expect(await stands(address)).toEqual({ ...AFTER, live: '3' });
    expect((await historyOf(address, 'live')).at(-1)).toMatchObject({ outcome: 'stopped' });
  });
});
