import { InputError } from '../errors.ts';
import type { Forge } from '../forge.ts';
import type { Host } from '../host.ts';
import { pathProblem } from '../paths.ts';
import { found, quotable } from '../quote.ts';
import { parsePolicy } from './parse.ts';
import type { Policy } from './policy.ts';

interface Ports {
  /** Absent without a token. */
  readonly forge: Forge | undefined;
  readonly host: Host;
}

interface Branch {
  /** A full ref; without one it is the default branch. */
  readonly ref?: string;
  /** How a sentence names it. */
  readonly named: string;
}

/** A policy as it stood at a commit of the repository. */
interface AtCommit {
  readonly policy: Policy;
  readonly commit: string;
  readonly said: string;
}

interface OnBranch {
  /** "the default branch of `acme/models`" */
  readonly where: string;
  /** Absent where there is no such file. */
  readonly found?: AtCommit;
}

/** Where the policy stands in the repository, whatever folder the job is in. */
export function pathInRepository(config: string): string {
  const path = config.replace(/^(?:\.\/+)+/, '');
  const problem = pathProblem(path);
  if (problem === undefined) return path;
  throw new InputError([
    {
      message: `\`config\` is ${found(config)}, which ${problem}; expected the path of a file in the repository.`,
      hint: 'In a workflow the policy is read from a branch: write its path from the root of the repository, such as `passmuster.yaml`.',
    },
  ]);
}

/** Reads it through the forge. What cannot be found out is an error, never "no policy". */
export async function policyOnBranch(
  { forge, host }: Ports,
  path: string,
  { ref, named }: Branch,
  signal: AbortSignal,
): Promise<OnBranch> {
  if (host.run === undefined) {
    throw new InputError([
      {
        message: `The policy ${found(path)} is read from ${named}, but the variables of the job do not say of which repository.`,
        hint: 'Check GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID and GITHUB_RUN_ATTEMPT; the runner sets them.',
      },
    ]);
  }
  if (forge === undefined) throw new InputError([noToken(path, named)]);
  const { repository } = host.run;
  const where = `${named} of \`${quotable(repository, 140)}\``;
  const file = await forge.fileAt(repository, path, ref, signal);
  if (file === 'absent') return { where };
  const { text, commit } = file;
  const said = `The policy is \`${quotable(path)}\` of ${where}, at commit \`${quotable(commit)}\`.`;
  return { where, found: { policy: await parsePolicy(text, path), commit, said } };
}

const noToken = (path: string, named: string) => ({
  message: `The policy ${found(path)} is read from ${named}, and there is no token for that.`,
  hint:
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours
    'Leave the input `github-token` as it is, or on the command line add `GITHUB_TOKEN: ${{ github.token }}` to the `env:` of the step; ' +
    'the job needs `contents: read` under `permissions:`, which the token of a pull request from a fork has too.',
});
