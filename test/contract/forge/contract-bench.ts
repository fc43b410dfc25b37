import type { Clock } from '@passmuster/core/clock.ts';
import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Forge } from '@passmuster/core/forge.ts';
import type { WorkflowRun } from '@passmuster/core/host.ts';
import { afterEach, expect, onTestFinished } from 'vitest';
import { STATE } from './contract-state.ts';
import type { Description } from './description.ts';
import { type GithubDouble, githubDouble } from './github-double.ts';
import type { GithubState } from './github-state.ts';

const RUN: Omit<WorkflowRun, 'server'> = {
  repository: 'octo-org/model',
  id: '17456789012',
  attempt: '1',
};

export const { signal } = new AbortController();

/** Answers at once: nothing here is to be asked twice. */
const CLOCK: Clock = {
  now: () => 0,
  elapsed: () => 0,
  sleep: () => Promise.reject(new Error('there is nothing to wait for')),
};

export type OpenForge = (options: { token: string; apiUrl: string; clock: Clock }) => Forge;

export type Start = ReturnType<typeof contractBench>;

/** Starts doubles, and fails the test in which one was not as GitHub describes itself. */
export function contractBench(open: OpenForge, described: () => Promise<Description | undefined>) {
  const doubles: GithubDouble[] = [];
  afterEach(() => {
    const violations = doubles.splice(0).flatMap((one) => one.violations);
    expect(violations).toEqual([]);
  });

  return async (change: Partial<GithubState> = {}, token = STATE.token) => {
    const double = await githubDouble({ ...STATE, ...change }, await described());
    onTestFinished(() => double[Symbol.asyncDispose]());
    doubles.push(double);
    const forge = open({ token, apiUrl: double.apiUrl, clock: CLOCK });
    const read = (path: string, ref?: string, repository = 'octo-org/model') =>
      forge.fileAt(repository, path, ref, signal);
    const run: WorkflowRun = { ...RUN, server: double.apiUrl };
    const stateOf = (differing: Partial<WorkflowRun>) =>
      forge.runState({ ...run, ...differing }, signal);
    return { ...double, forge, run, read, stateOf };
  };
}

export const refusal = (work: Promise<unknown>): Promise<PassmusterError> =>
  work.then(
    (value) => expect.fail(`this was no error: ${JSON.stringify(value)}`),
    (error) => {
      expect(error).toBeInstanceOf(PassmusterError);
      expect(JSON.stringify(error.problems)).not.toContain('SECRET');
      return error;
    },
  );

export const hintsOf = (error: PassmusterError): string =>
  error.problems.map(({ hint }) => hint).join('\n');
