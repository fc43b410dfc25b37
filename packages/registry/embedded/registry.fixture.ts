import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Embedded, type Options, startEmbedded } from './server.ts';
import type { Database } from './store/database.ts';
import { openDatabase } from './store/open.ts';

/** A folder that goes with the test. */
export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'passmuster-registry-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

export async function database(): Promise<Database> {
  const db = await openDatabase(join(await folder(), 'registry.db'));
  onTestFinished(() => db.close());
  return db;
}

/** A running registry; a failure inside of it fails the test. */
export async function registry(options: Partial<Options> = {}): Promise<Embedded> {
  const failures: unknown[] = [];
  const file = join(await folder(), 'registry.db');
  const failed = (error: unknown) => void failures.push(error);
  const server = await startEmbedded({ file, host: '127.0.0.1', port: 0, failed, ...options });
  onTestFinished(async () => {
    await server.close();
    if (failures.length > 0) throw failures[0];
  });
  return server;
}
