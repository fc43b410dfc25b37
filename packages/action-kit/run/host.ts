import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { isatty } from 'node:tty';
import { isCommit } from '@passmuster/core/commit.ts';
import type { Host, PullRequest, WorkflowRun } from '@passmuster/core/host.ts';
import { isWorkflowRun } from '@passmuster/core/workflow-run.ts';
import { hasEnded, ownIdentity } from './process-identity.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Both ways: what is piped in, or away into a file, may be a program's doing. */
const atTerminal = (): boolean => isatty(0) && isatty(1);

/** This process, as the system and the environment describe it when this is called. */
export function thisHost(variables: Variables, isTerminal = atTerminal): Host {
  const run = workflowRun(variables);
  const first = startedBy(variables);
  const about = commit(variables);
  const own = ownIdentity();
  return {
    actor: actor(variables),
    ...(first && { startedBy: first }),
    ...(run && { run }),
    ...(about && { commit: about }),
    isJob: onGitHub(variables),
    // Other services than GitHub set this one, and some of them give their jobs a terminal.
    attended: !onGitHub(variables) && !variables['CI'] && isTerminal(),
    pullRequest: () => pullRequest(variables),
    ...(own && { process: own }),
    hasEnded: async (other) => hasEnded(own, other),
    random: (bytes) => randomBytes(bytes).toString('hex'),
  };
}

const onGitHub = (variables: Variables): boolean => variables['GITHUB_ACTIONS'] === 'true';

/** `pull_request_target` runs what the base branch says, and is about a pull request all the same. */
const FOR_PULL_REQUESTS = ['pull_request', 'pull_request_target'];

/** The file of the event is read when somebody asks, and what reads it is loaded then. */
async function pullRequest(variables: Variables): Promise<PullRequest | undefined> {
  const event = variables['GITHUB_EVENT_NAME'] ?? '';
  if (!onGitHub(variables) || !FOR_PULL_REQUESTS.includes(event)) return undefined;
  const { readPullRequest } = await import('./pull-request.ts');
  return readPullRequest({
    eventFile: variables['GITHUB_EVENT_PATH'] ?? '',
    baseRef: variables['GITHUB_BASE_REF'] ?? '',
  });
}

/** Of a run that was repeated, GITHUB_ACTOR is who started it first, and the other who repeated it. */
function actor(variables: Variables): string {
  const github = variables['GITHUB_TRIGGERING_ACTOR'] || variables['GITHUB_ACTOR'];
  if (onGitHub(variables) && github) return github;
  try {
    return userInfo().username;
  } catch {
    // In a container the user may be a number without a name.
    return variables['USER'] || variables['USERNAME'] || `user ${process.getuid?.() ?? 'unknown'}`;
  }
}

function startedBy(variables: Variables): string | undefined {
  const first = variables['GITHUB_ACTOR'];
  return onGitHub(variables) && first !== actor(variables) ? first : undefined;
}

function commit(variables: Variables): string | undefined {
  const sha = variables['GITHUB_SHA'] ?? '';
  return onGitHub(variables) && isCommit(sha) ? sha : undefined;
}

function workflowRun(variables: Variables): WorkflowRun | undefined {
  if (!onGitHub(variables)) return undefined;
  const run: WorkflowRun = {
    server: variables['GITHUB_SERVER_URL'] ?? '',
    repository: variables['GITHUB_REPOSITORY'] ?? '',
    id: variables['GITHUB_RUN_ID'] ?? '',
    attempt: variables['GITHUB_RUN_ATTEMPT'] ?? '',
  };
  return isWorkflowRun(run) ? run : undefined;
}
