import type { WorkflowRun } from './host.ts';

/** A file as it stands at a ref, or that there is none. A failure to find out is an error, never "none". */
export type FileAtRef = { readonly text: string; readonly commit: string } | 'absent';

/** `unknown` where we may not ask (no `actions: read`) or the forge does not know the run. */
export type RunState = 'running' | 'finished' | 'unknown';

export interface ForgePullRequest {
  readonly number: number;
  /** Absent where the account was deleted. */
  readonly author?: string;
  /** The commit at its head. */
  readonly head: string;
  readonly isOpen: boolean;
  /** The moment in milliseconds since 1970, and the commit that it came in with, where the forge says so. */
  readonly merged?: { readonly at: number; readonly commit?: string };
}

/** A review that was submitted, by somebody whose account is still there. */
export interface Review {
  readonly by: string;
  /** No bot, and no organisation. */
  readonly isPerson: boolean;
  readonly state: 'approved' | 'changes-requested' | 'dismissed' | 'commented';
  /** What was at the head when it was submitted; absent where the forge does not say. */
  readonly commit?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What somebody answered when a run waited to be let into environments. */
export interface EnvironmentAnswer {
  readonly by: string;
  /** No bot, and no organisation. */
  readonly isPerson: boolean;
  readonly environments: readonly string[];
  readonly approved: boolean;
  /** When the run came to be: the moment of an answer is not told, and it is no earlier. */
  readonly notBefore: number;
}

/** A file of a pull request that holds a text; or none, and what of the pull request was not read. */
export type NamingFile =
  | { readonly path: string }
  | { readonly path?: never; readonly unread: readonly string[] };

/** `unknown` says why the token may not know. */
export type Membership = 'member' | 'no-member' | { readonly unknown: string };

/** Where code is kept and workflows run. Repositories are `owner/name`. */
export interface Forge {
  /**
   * A file of a repository at a ref, which is a commit, a full ref or the name of a branch, never of
   * a tag; without one, at the default branch.
   */
  fileAt(
    repository: string,
    path: string,
    ref: string | undefined,
    signal: AbortSignal,
  ): Promise<FileAtRef>;
  /**
   * When a file last changed, as of a commit or else on the default branch: when that was committed, or when
   * a pull request brought it in, whichever is later. Nothing where it never was there.
   */
  lastChange(
    repository: string,
    path: string,
    commit: string | undefined,
    signal: AbortSignal,
  ): Promise<number | undefined>;
  runState(run: WorkflowRun, signal: AbortSignal): Promise<RunState>;
  environmentAnswers(run: WorkflowRun, signal: AbortSignal): Promise<readonly EnvironmentAnswer[]>;
  /** Those that a commit is part of, or came in with. */
  pullRequestsOf(
    repository: string,
    commit: string,
    signal: AbortSignal,
  ): Promise<readonly ForgePullRequest[]>;
  pullRequest(
    repository: string,
    number: number,
    signal: AbortSignal,
  ): Promise<ForgePullRequest | 'absent'>;
  /** The oldest first. */
  reviews(repository: string, number: number, signal: AbortSignal): Promise<readonly Review[]>;
  /** Looks at what a pull request changes, as it stands at a commit, for one of the texts as a word of its own. */
  fileNaming(
    repository: string,
    number: number,
    commit: string,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<NamingFile>;
  mayWrite(repository: string, user: string, signal: AbortSignal): Promise<boolean>;
  /** The team is `organisation/team`. */
  membership(team: string, user: string, signal: AbortSignal): Promise<Membership>;
  /** The time of its server, by its newest answer; nothing before the first. */
  now(): number | undefined;
}
