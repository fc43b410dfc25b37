import { RegistryError } from '@passmuster/core/registry/error.ts';
import { describe, expect, test } from 'vitest';
import { looking, openRegistry } from '../register/running.fixture.ts';
import {
  historyOf,
  lastTicket,
  MODEL,
  promoteTo,
  registered,
  run,
  stands,
  watched,
} from './running.fixture.ts';

const POLICY = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments: { live: { stage: Production } }
`;
const TO = { environment: 'live' };
const NEXT = { ...TO, version: 'v1.1.0' };
const AFTER = { live: '2', Production: '2', Archived: '1' };

/** A quarter of it passes before what was sent without a reply is looked for. */
const SHORT_LEASE = 12_000;

/** The first of three versions is live. */
async function live(): Promise<string> {
  const address = await registered([0.8, 0.9, 0.95], POLICY);
  await promoteTo(address, 'v1.0.0', 'live');
  return address;
}

describe('a hand that comes between', () => {
  test('before the first effect stops it, and its value survives', async () => {
    const address = await live();
    let isDone = false;
    const hand = await looking(address);
    const openRegistry = watched(address, {
      after: async (name, [, , tag]) => {
        if (isDone || name !== 'tagVersion' || tag !== 'passmuster.record') return;
        isDone = true;
        await hand.setAlias(MODEL, 'live', '3');
      },
    });
    const { result, outputs, said, page } = await run(address, NEXT, { openRegistry });
    expect([result, outputs.outcome]).toEqual(['conflict', 'stopped']);
    expect(said).toContain('or take it as it stands with `passmuster settle --model gpt-custom');
    const python = page.find((block) => block.kind === 'code' && block.language === 'python');
    expect(python).toMatchObject({
      text: expect.stringMatching(
        /\)\nclient.set_registered_model_alias\("gpt-custom", "live", "1"\)$/,
      ),
    });
    expect(await stands(address)).toEqual({ live: '3', Production: '1' });
    expect(await lastTicket(address)).toMatchObject({
      outcome: 'stopped',
      result: { stands: [{ kind: 'alias', place: 'live', value: '3' }] },
    });
    const next = await run(address, NEXT);
    expect(next.result).toBe('conflict');
    await hand.setAlias(MODEL, 'live', '1');
    expect((await run(address, NEXT)).outputs.outcome).toBe('promoted');
  });
});

describe('a hand within the window that nobody can close', () => {
  test('puts a version into the stage that is archived along: it is named', async () => {
    const address = await live();
    const hand = await looking(address);
    const openRegistry = watched(address, {
      before: async (name) => {
        if (name === 'moveToStage') await hand.moveToStage(MODEL, '3', 'Production', false);
      },
    });
    const { outputs, report } = await run(address, NEXT, { openRegistry });
    expect(outputs.outcome).toBe('promoted');
    expect(report).toMatchObject({ displaced: ['3'] });
    expect(await stands(address)).toEqual({ ...AFTER, Archived: '1 3' });
    const last = (await historyOf(address, 'live')).at(-1);
    expect(last?.result).toEqual({ displaced: ['3'] });
  });
});

describe('a reply that was lost', () => {
  test.each([
    ['moveToStage', true],
    ['moveToStage', false],
    ['setAlias', true],
    ['setAlias', false],
  ])('to %s (done: %s) is looked for, and nothing is done twice', async (call, isDone) => {
    const address = await live();
    let calls = 0;
    const open = async () => {
      const registry = await openRegistry(address);
      const really = registry[call as 'setAlias'];
      return {
        ...registry,
        [call]: async (...given: Parameters<typeof really>) => {
          if (++calls > 1) return really(...given);
          if (isDone) await really(...given);
          const problem = { message: 'Could not: the reply was lost.' };
          throw new RegistryError({ reason: 'unanswered', effect: 'unknown' }, problem);
        },
      };
    };
    const { outputs } = await run(address, NEXT, { openRegistry: open, lease: SHORT_LEASE });
    expect(outputs.outcome).toBe('promoted');
    expect(calls).toBe(isDone ? 1 : 2);
    expect(await stands(address)).toEqual(AFTER);
  });
});

test('whoever waited while somebody else moved it is told, and moves nothing', async () => {
  const address = await live();
  const both = await Promise.all(
    ['v1.1.0', 'v1.2.0'].map((version) =>
      run(address, { ...TO, version }).then(
        ({ outputs }) => String(outputs.outcome),
        (error: Error) => error.message,
      ),
    ),
  );
  expect(both).toContain('promoted');
  const other = both.find((end) => end !== 'promoted');
  expect(other).toMatch(/live was moved while this run waited: it had v1\.0\.0 .*, and has v1\.\d/);
  expect(await historyOf(address, 'live')).toHaveLength(2);
});
