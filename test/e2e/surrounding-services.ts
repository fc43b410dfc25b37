import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@passmuster/registry/embedded/server.ts';
import { onTestFinished } from 'vitest';
import { githubDouble } from '../contract/forge/github-double.ts';

const HEAD = 'a'.repeat(40);

/** What the runner says in every job of `acme/models`, as far as it matters here. */
export const JOB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTOR: 'ada',
  GITHUB_REPOSITORY: 'acme/models',
  GITHUB_RUN_ID: '7',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_SERVER_URL: 'https://github.com',
  HOME: '/nowhere',
  PATH: process.env['PATH'] ?? '',
};

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

/** An address where nobody should ask, and what was asked there all the same. */
export async function startWitness(): Promise<{ address: string; asked: readonly string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(500).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, asked };
}

/** The address of a GitHub where the default branch of `acme/models` has this policy, or none. */
export async function startGithub(
  policy: string | undefined,
  token: string,
  permissions: readonly ('contents' | 'actions')[],
): Promise<string> {
  const repository = {
    defaultBranch: 'main',
    refs: { 'refs/heads/main': HEAD },
    commits: { [HEAD]: policy === undefined ? {} : { 'passmuster.yaml': policy } },
    runs: [],
  };
  const state = { token, permissions, repositories: { 'acme/models': repository } };
  const github = await githubDouble(state, undefined);
  onTestFinished(() => github[Symbol.asyncDispose]());
  return github.apiUrl;
}
