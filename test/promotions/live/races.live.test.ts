import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { rounds } from '../../rounds.ts';
import { REGISTRIES, type SharedRegistry } from '../../services/shared-registries.ts';
import { RACES, race } from './race.ts';

/** On the embedded registry, where they cost less, there are more of the race in which most can go wrong. */
const [ROUNDS, MORE_ROUNDS] = [200, 1_000];
const SECONDS_A_ROUND = 20;

describe.each(REGISTRIES)('%s', (name, start) => {
  let [server, folder]: [SharedRegistry?, string?] = [];
  beforeAll(async () => {
    folder = await mkdtemp(`${tmpdir()}/passmuster-races-`);
    server = await start();
  });
  afterAll(async () => {
    await server?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  const isCheap = name === 'the embedded registry, served';
  const contests = RACES.map((one, at) => ({
    ...{ title: one.title, one, ...rounds(isCheap && at === 0 ? MORE_ROUNDS : ROUNDS) },
  }));

  // Both at once, on models of their own: what they mostly do is wait for the server.
  test.concurrent.each(contests)(
    '$title',
    async ({ one, numRuns: many, seed }) => {
      if (!server || folder === undefined) throw new Error('nothing was started');
      const { address } = server;
      const said = await race(one, { address, folder, many, seed });
      process.stdout.write(`${name}: ${said}\n`);
    },
    (rounds(MORE_ROUNDS).numRuns * SECONDS_A_ROUND + 120) * 1000,
  );
});
