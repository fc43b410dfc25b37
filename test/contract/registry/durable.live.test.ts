import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rounds } from '../../rounds.ts';
import { call, startRegistry } from './process.ts';

const WRITES = 2_000;
const AT_ONCE = 8;
const FASTEST_MS = 50;
const SLOWEST_MS = 1_500;

/** For all rounds on a busy machine. */
const LONGEST_MS = 1_200_000;

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passmuster-durable-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The same moments for the same seed. */
function moments(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return FASTEST_MS + (state / 2 ** 32) * (SLOWEST_MS - FASTEST_MS);
  };
}

/** Writes one after the other until there is nobody to write to; what was answered with 200. */
async function writeUntilCut(url: string): Promise<ReadonlySet<string>> {
  const answered = new Set<string>();
  let next = 0;
  const writer = async () => {
    while (next < WRITES) {
      const key = `k${next++}`;
      const tag = { name: 'm', key, value: `value of ${key}` };
      const answer = await call(url, 'POST', 'registered-models/set-tag', tag).catch(
        () => undefined,
      );
      if (answer === undefined) return;
      expect(answer.status).toBe(200);
      answered.add(key);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, writer));
  return answered;
}

interface Model {
  readonly registered_model: {
    readonly tags?: readonly { readonly key: string; readonly value: string }[];
  };
}

const { numRuns, seed } = rounds(50);

test(
  `${numRuns} times killed while it writes: what was answered is there`,
  async () => {
    const moment = moments(seed);
    let answeredInAll = 0;
    let cut = 0;
    for (let round = 0; round < numRuns; round++) {
      const file = join(folder, `${round}.db`);
      const first = await startRegistry(['--file', file]);
      await call(first.url, 'POST', 'registered-models/create', { name: 'm' });
      const end = setTimeout(() => first.child.kill('SIGKILL'), moment());
      const answered = await writeUntilCut(first.url);
      clearTimeout(end);
      await first.stop('SIGKILL');
      const second = await startRegistry(['--file', file]);
      const { body } = await call(second.url, 'GET', 'registered-models/get', { name: 'm' });
      const tags = (body as Model).registered_model.tags ?? [];
      const kept = new Map(tags.map(({ key, value }) => [key, value]));
      const lost = [...answered].filter((key) => kept.get(key) !== `value of ${key}`);
      expect(lost).toEqual([]);
      expect(await second.stop('SIGTERM')).toBe(0);
      answeredInAll += answered.size;
      if (answered.size < WRITES) cut++;
    }
    // Rounds that were over before the end came prove nothing.
    expect(cut).toBeGreaterThan(0);
    expect(answeredInAll).toBeGreaterThan(0);
  },
  LONGEST_MS,
);
