import { InputError } from '../errors.ts';
import type { Files } from '../files.ts';
import type { Forge } from '../forge.ts';
import type { Host } from '../host.ts';
import { pathProblem } from '../paths.ts';
import { found, quotable } from '../quote.ts';
import { decodeUtf8 } from '../utf8.ts';
import { MOST_YAML_BYTES } from '../yaml/limits.ts';
import type { Policy } from './policy.ts';
import { USUAL_POLICY } from './usual.ts';

/** The policy that a verb goes by when it writes, and where it came from. */
export type TrustedPolicy =
  | {
      readonly from: 'default-branch';
      readonly policy: Policy;
      /** Where it was read. */
      readonly commit: string;
      readonly said: string;
    }
  | { readonly from: 'file'; readonly policy: Policy; readonly said: string }
  /** There is none; `said` says where it was looked for. */
  | { readonly from: 'none'; readonly policy?: never; readonly said: string };

export interface PolicyPorts {
  /** Needed inside a workflow run; absent without a token. */
  readonly forge: Forge | undefined;
  readonly files: Files;
  readonly host: Host;
}

async function load(text: string, file: string): Promise<Policy> {
  // The reader of YAML is slow to start, and many runs have no policy.
  const { loadPolicy } = await import('./load.ts');
  return loadPolicy(text, file);
}

function pathInRepository(config: string): string {
  const path = config.replace(/^(?:\.\/+)+/, '');
  const problem = pathProblem(path);
  if (problem === undefined) return path;
  throw new InputError([
    {
      message: `\`config\` is ${found(config)}, which ${problem}; expected the path of a file in the repository.`,
      hint: 'In a workflow the policy is read from the default branch: write its path from the root of the repository, such as `passmuster.yaml`.',
    },
  ]);
}

async function fromDefaultBranch(
  { forge, host }: PolicyPorts,
  config: string,
  signal: AbortSignal,
): Promise<TrustedPolicy> {
  const path = pathInRepository(config);
  if (host.run === undefined) {
    throw new InputError([
      {
        message: `The policy ${found(path)} is read from the default branch, but the variables of the job do not say of which repository.`,
        hint: 'Check GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID and GITHUB_RUN_ATTEMPT; the runner sets them.',
      },
    ]);
  }
  if (forge === undefined) {
    throw new InputError([
      {
        message: `The policy ${found(path)} is read from the default branch, and there is no token for that.`,
        hint: 'Leave the input `github-token` as it is, or set the variable GITHUB_TOKEN for the step; the job needs `contents: read`.',
      },
    ]);
  }
  const { repository } = host.run;
  const file = await forge.fileAt(repository, path, undefined, signal);
  const where = `the default branch of \`${quotable(repository, 140)}\``;
  if (file === 'absent') {
    refuseIfNamed(path);
    return {
      from: 'none',
      said: `No policy is in force: ${where} has no \`${quotable(path)}\`, and one in the work tree does not count.`,
    };
  }
  const { commit } = file;
  const said = `The policy is \`${quotable(path)}\` of ${where}, at commit \`${quotable(commit)}\`.`;
  return { from: 'default-branch', policy: await load(file.text, path), commit, said };
}

/** Lines of it are shown when something is wrong with them, and a link may lead to anything. */
export async function refuseLink(config: string, files: Files): Promise<void> {
  const cut = config.lastIndexOf('/') + 1;
  const name = config.slice(cut);
  const { signal } = new AbortController();
  const { refused } = await files.survey(
    config.slice(0, cut) || '.',
    (path) => path !== name,
    signal,
  );
  const [wrong] = refused.filter(({ path }) => path === name);
  if (wrong === undefined) return;
  const message = `The policy ${found(config)} ${wrong.reason}.`;
  throw new InputError([{ message, hint: 'Put the file itself there.' }]);
}

/** Whoever names a policy means to go by it. */
function refuseIfNamed(config: string): void {
  if (config === USUAL_POLICY) return;
  const message = `The policy ${found(config)} is not there.`;
  throw new InputError([{ message, hint: 'Check the input `config`.' }]);
}

async function fromFile({ files }: PolicyPorts, config: string): Promise<TrustedPolicy> {
  const bytes = await files.read(config, MOST_YAML_BYTES);
  const shown = `\`${quotable(config)}\``;
  if (bytes === undefined) {
    refuseIfNamed(config);
    return { from: 'none', said: `No policy is in force: there is no ${shown} here.` };
  }
  await refuseLink(config, files);
  const policy = await load(decodeUtf8(bytes, config), config);
  return { from: 'file', policy, said: `The policy is the file at hand, ${shown}.` };
}

/**
 * The policy for a verb that writes. Inside a workflow run it never comes from the work tree, which the
 * author of a candidate can change; in a terminal it is the file at hand.
 */
export const policyFor = (
  ports: PolicyPorts,
  config: string,
  signal: AbortSignal,
): Promise<TrustedPolicy> =>
  ports.host.isJob ? fromDefaultBranch(ports, config, signal) : fromFile(ports, config);
