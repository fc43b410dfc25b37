import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@passmuster/registry/embedded/server.ts';
import { onTestFinished } from 'vitest';
import { none } from './fault.ts';
import { startFaults } from './proxy.ts';

/** A new registry, and a proxy before it that sees every request, until the test is over. */
export async function seenServer() {
  const folder = await mkdtemp(join(tmpdir(), 'requests-'));
  const file = join(folder, 'registry.db');
  const server = await startEmbedded({ file, host: '127.0.0.1', port: 0 });
  const proxy = await startFaults(server.url, () => none);
  onTestFinished(async () => {
    await proxy.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { server, proxy };
}
