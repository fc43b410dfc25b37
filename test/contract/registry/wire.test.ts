import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Embedded, startEmbedded } from '@passmuster/registry/embedded/server.ts';
import { afterAll, beforeAll, expect } from 'vitest';
import { wireContract } from './wire/run.ts';

let folder = '';
let server: Embedded;
const failures: unknown[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passmuster-wire-'));
  const file = join(folder, 'registry.db');
  const failed = (error: unknown) => void failures.push(error);
  server = await startEmbedded({ file, host: '127.0.0.1', port: 0, failed });
});

afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
  expect(failures).toEqual([]);
});

wireContract('embedded', () => server.url);
