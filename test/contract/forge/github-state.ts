/** What a commit keeps at a path: the bytes of a file, or something else. */
export type Kept = string | Uint8Array | { readonly link: string } | { readonly module: string };

export interface RunInState {
  readonly id: string;
  readonly attempt: string;
  readonly status: string | null;
  readonly created?: string;
  readonly answers?: readonly AnswerInState[];
}

/** What somebody said when a run waited for environments. */
export interface AnswerInState {
  readonly by: string;
  readonly type?: string;
  readonly state: 'approved' | 'rejected' | 'pending';
  readonly environments: readonly string[];
}

export interface ReviewInState {
  /** Nobody is an account that was deleted. */
  readonly by: string | null;
  readonly type?: string;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED' | 'COMMENTED' | 'PENDING';
  readonly commit: string | null;
  readonly at?: string;
}

export interface FileInState {
  readonly path: string;
  readonly status?: string;
  readonly patch?: string;
}

export interface PullRequestInState {
  readonly number: number;
  readonly author: string | null;
  readonly head: string;
  readonly state: 'open' | 'closed';
  readonly merged?: { readonly at: string; readonly commit: string | null };
  /** Beside its head and what it was merged with. */
  readonly commits?: readonly string[];
  readonly reviews?: readonly ReviewInState[];
  readonly files?: readonly FileInState[];
}

export interface RepositoryInState {
  /** As of a repository that the token knows nothing of: there is none. */
  readonly hidden?: boolean;
  /** Without one, nothing was ever committed. */
  readonly defaultBranch?: string;
  /** Full names of refs, and the commits that they name. */
  readonly refs: Readonly<Record<string, string>>;
  readonly commits: Readonly<Record<string, Readonly<Record<string, Kept>>>>;
  /** By path, the commit in which a file last changed, and its date. */
  readonly changes?: Readonly<Record<string, { readonly commit: string; readonly at: string }>>;
  readonly runs: readonly RunInState[];
  readonly pullRequests?: readonly PullRequestInState[];
  /** By login; of others it is not known that they exist. */
  readonly access?: Readonly<
    Record<string, 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none'>
  >;
}

export interface TeamInState {
  readonly hidden?: boolean;
  /** By login. */
  readonly members: Readonly<Record<string, 'active' | 'pending'>>;
}

export type PermissionInState = 'contents' | 'actions' | 'pull-requests' | 'members';

export interface GithubState {
  readonly token: string;
  /** What the token may read, beside who may do what. */
  readonly permissions: readonly PermissionInState[];
  readonly repositories: Readonly<Record<string, RepositoryInState>>;
  /** By `organisation/team`. */
  readonly teams?: Readonly<Record<string, TeamInState>>;
  /** What time it is there, as an HTTP date. */
  readonly now?: string;
}
