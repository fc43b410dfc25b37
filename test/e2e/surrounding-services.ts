import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@passmuster/registry/embedded/server.ts';
import { onTestFinished } from 'vitest';
import { githubDouble } from '../contract/forge/github-double.ts';

const HEAD = 'a'.repeat(40);

/** A registry on a port, as a company would have one. */
export async function startRegistry(token: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'registry-'));
  const file = join(folder, 'registry.db');
  const server = await startEmbedded({ file, host: '127.0.0.1', port: 0, token });
  onTestFinished(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });
  return server.url;
}

/** The address of a GitHub where the default branch of `acme/models` has this policy. */
export async function startGithub(
  policy: string,
  token: string,
  permissions: readonly ('contents' | 'actions')[],
): Promise<string> {
  const repository = {
    defaultBranch: 'main',
    refs: { 'refs/heads/main': HEAD },
    commits: { [HEAD]: { 'passmuster.yaml': policy } },
    runs: [],
  };
  const state = { token, permissions, repositories: { 'acme/models': repository } };
  const github = await githubDouble(state, undefined);
  onTestFinished(() => github[Symbol.asyncDispose]());
  return github.apiUrl;
}
