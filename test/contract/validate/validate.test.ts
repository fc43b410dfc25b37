import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@passmuster/registry/embedded/server.ts';
import { describe } from 'vitest';
import { validateContract } from './contract.ts';
import { openedAt } from './opened.ts';

describe('the embedded registry', () => {
  validateContract(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'passmuster-validate-'));
    const file = join(folder, 'registry.db');
    const { url, close } = await startEmbedded({ file, host: '127.0.0.1', port: 0 });
    return openedAt(url, 'embedded', async () => {
      await close();
      await rm(folder, { recursive: true, force: true });
    });
  });
});
