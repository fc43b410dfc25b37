import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderWith } from '../verify/folder.ts';
import { runStep, type Step } from './step.ts';
import { JOB, startGithub } from './surrounding-services.ts';

export const GITHUB_TOKEN = 'ghs_s3cret';

interface JudgingJob {
  /** The policy of the branch `main`; none where it has none. */
  readonly policy?: string;
  /** What the job has checked out. */
  readonly files: Readonly<Record<string, string>>;
  /** Whose pull request into `main` it runs for; without one it runs for a push. */
  readonly from?: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: readonly 'contents'[];
}

const eventOf = (from: string): string =>
  JSON.stringify({
    pull_request: {
      number: 5,
      base: { ref: 'main', sha: 'd'.repeat(40) },
      head: { repo: { full_name: from } },
    },
  });

/** What the runner says of a run for a pull request. */
async function aboutPullRequest(from: string): Promise<Record<string, string>> {
  const event = join(await folderWith({}), 'event.json');
  await writeFile(event, eventOf(from));
  return {
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: event,
    GITHUB_BASE_REF: 'main',
  };
}

/** A step that judges, in a job of `acme/models` whose workflow is `.github/workflows/gate.yml`. */
export const judge = (job: JudgingJob): Promise<Step> => stepIn(job, 'validate');

/** Any verb that goes by the policy of the default branch, in the same job. */
export async function stepIn(job: JudgingJob, verb: string): Promise<Step> {
  const { policy, files, from, inputs, env, permissions = ['contents'] } = job;
  return runStep(verb, {
    inputs: { 'github-token': GITHUB_TOKEN, ...inputs },
    workspace: await folderWith(files),
    env: {
      ...JOB,
      GITHUB_WORKFLOW_REF: 'acme/models/.github/workflows/gate.yml@refs/heads/main',
      GITHUB_API_URL: await startGithub(policy, GITHUB_TOKEN, permissions),
      ...(from !== undefined && (await aboutPullRequest(from))),
      ...env,
    },
  });
}
