import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@passmuster/registry/embedded/server.ts';
import { describe } from 'vitest';
import { portContract } from './port/contract.ts';
import { openedAt } from './port/over-http.ts';

describe('the embedded registry', () => {
  portContract(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'passmuster-port-'));
    const file = join(folder, 'registry.db');
    const { url, close } = await startEmbedded({ file, host: '127.0.0.1', port: 0 });
    return openedAt(url, 'embedded', async () => {
      await close();
      await rm(folder, { recursive: true, force: true });
    });
  });
});
