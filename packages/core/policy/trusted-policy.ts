import { InputError } from '../errors.ts';
import type { Files } from '../files.ts';
import type { Forge } from '../forge.ts';
import type { Host } from '../host.ts';
import { found, quotable } from '../quote.ts';
import { decodeUtf8 } from '../utf8.ts';
import { MOST_YAML_BYTES } from '../yaml/limits.ts';
import { pathInRepository, policyOnBranch } from './branch-policy.ts';
import { parsePolicy } from './parse.ts';
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

async function fromDefaultBranch(
  ports: PolicyPorts,
  config: string,
  signal: AbortSignal,
): Promise<TrustedPolicy> {
  const path = pathInRepository(config);
  const branch = { named: 'the default branch' };
  const { where, found: there } = await policyOnBranch(ports, path, branch, signal);
  if (there) return { from: 'default-branch', ...there };
  refuseIfNamed(path);
  return {
    from: 'none',
    said: `No policy is in force: ${where} has no \`${quotable(path)}\`, and one in the work tree does not count.`,
  };
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
export function refuseIfNamed(config: string): void {
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
  const policy = await parsePolicy(decodeUtf8(bytes, config), config);
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
