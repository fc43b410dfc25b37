import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ClusterInputs, Opening } from '../opening.ts';

/** A clock that a test moves. */
export function handClock(): Opening['clock'] & { move(milliseconds: number): void } {
  let at = 0;
  return {
    now: () => 1_800_000_000_000 + at,
    elapsed: () => at,
    async sleep(milliseconds) {
      at += milliseconds;
    },
    move(milliseconds) {
      at += milliseconds;
    },
  };
}

export const openingOf = (inputs: ClusterInputs, more: Partial<Opening> = {}): Opening => ({
  inputs,
  variables: {},
  home: '/nonexistent',
  clock: handClock(),
  host: { random: () => '7fffffff' },
  voice: { note() {}, warn() {}, hide() {} },
  signal: new AbortController().signal,
  ...more,
});

/** A folder with these files, which goes when the test does. */
export function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'passmuster-cluster-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(join(folder, name), text, { mode: name.endsWith('.sh') ? 0o755 : 0o600 });
  }
  return folder;
}

interface Parts {
  readonly cluster?: Record<string, unknown>;
  readonly user?: Record<string, unknown>;
  readonly current?: string;
}

/** One of two contexts, `one` and `two`. */
export const kubeconfig = ({ cluster = {}, user = {}, current = 'one' }: Parts = {}) => ({
  apiVersion: 'v1',
  kind: 'Config',
  preferences: {},
  'current-context': current,
  contexts: [
    { name: 'one', context: { cluster: 'c1', user: 'u1', namespace: 'ml' } },
    { name: 'two', context: { cluster: 'c2', user: 'u1' } },
  ],
  clusters: [
    { name: 'c1', cluster: { server: 'https://one.example:6443/', ...cluster } },
    { name: 'c2', cluster: { server: 'https://two.example/k8s/clusters/c-1' } },
  ],
  users: [{ name: 'u1', user: { token: 'token-of-u1', ...user } }],
});
