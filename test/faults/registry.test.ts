import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { startEmbedded } from '@passmuster/registry/embedded/server.ts';
import { afterAll, beforeAll, describe } from 'vitest';
import { effectsUnderFaults } from './effects.ts';
import { endsUnderFaults } from './ends.ts';

describe('the embedded registry behind a broken network', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startEmbedded>>;
  beforeAll(async () => {
    folder = await mkdtemp(`${tmpdir()}/passmuster-faults-`);
    const file = `${folder}/registry.db`;
    server = await startEmbedded({ file, host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });
  endsUnderFaults(() => server.url);
  effectsUnderFaults(() => server.url);
});
