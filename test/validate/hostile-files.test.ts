import { writeFile } from 'node:fs/promises';
import { InputError } from '@passmuster/core/errors.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../rounds.ts';
import { noRegistry } from '../surroundings.ts';
import { run, standingIn } from './running.fixture.ts';

const SOUND = '{"accuracy": 0.83, "f1": {"macro": 0.8}, "n": "5"}';
const NUMBERS = [
  ...['"0.9"', 'null', 'true', '[0.9]', '{"x": 0.9}', 'NaN', 'Infinity', '-Infinity', '1e999'],
  ...['0,9', '0.9.9', '.9', '+0.9', '0x1', '90%', '09', '0.9', '0.81', '0.7', '8e-1', '"', ''],
];

/** Whether another reader finds a number there that holds; a file of many lines is none for it. */
function isGood(bytes: Uint8Array): boolean {
  try {
    const { accuracy } = JSON.parse(new TextDecoder().decode(bytes));
    return typeof accuracy === 'number' && Number.isFinite(accuracy) && accuracy >= 0.8;
  } catch {
    return false;
  }
}

const hostile = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json().map((text) => Buffer.from(text)),
  fc
    .tuple(fc.nat(SOUND.length), fc.string({ maxLength: 4, unit: 'binary' }))
    .map(([at, by]) =>
      Buffer.from(SOUND.slice(0, at) + by.replaceAll('\n', ' ') + SOUND.slice(at + 1)),
    ),
  fc.constantFrom(...NUMBERS).map((by) => Buffer.from(SOUND.replace('0.83', by))),
);

test('random bytes pass only with a number that another reader finds there, and never crash', async () => {
  await standingIn({});
  const counted = { pass: 0, other: 0, refused: 0 };
  const property = fc.asyncProperty(hostile, async (bytes) => {
    await writeFile('x.json', bytes);
    const asked = { evaluations: 'x.json', gates: 'accuracy >= 0.8' };
    const ended = await run('', asked, { openRegistry: noRegistry }).catch((error) => error);
    if (ended instanceof InputError) {
      counted.refused++;
      return;
    }
    const passed = ended.outputs.verdict === 'pass';
    counted[passed ? 'pass' : 'other']++;
    expect(ended.result).toBe(passed ? 'done' : 'refused');
    expect(passed).toBe(isGood(bytes));
  });
  await fc.assert(property, rounds(1000));
  // Each end is reached, so that none of it holds for want of a case.
  expect(Math.min(...Object.values(counted))).toBeGreaterThan(0);
});
