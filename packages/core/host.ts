/** A process, so that another on the same machine can tell whether it still is. */
export interface ProcessIdentity {
  /** Of the machine since it started. */
  readonly boot: string;
  /** Process ids mean the same only inside one namespace. */
  readonly namespace: string;
  readonly pid: number;
  /** An id may be used again; when a process started tells them apart. */
  readonly started: string;
}

/** A run of a workflow; `attempt` counts its repetitions. */
export interface WorkflowRun {
  /** `https://github.com` or the address of a GitHub server. */
  readonly server: string;
  /** `owner/name` */
  readonly repository: string;
  readonly id: string;
  readonly attempt: string;
}

/** What a run for a pull request is about, as its event says. */
export interface PullRequest {
  readonly number: number;
  /** The branch that it is to go into: its name without `refs/heads/`. */
  readonly base: string;
}

/** Who we are, and chance; tests give others. */
export interface Host {
  /** Who asked for this: GitHub's actor, or the user of the machine. */
  readonly actor: string;
  /** Who started the run first, where it was somebody else who repeated it. */
  readonly startedBy?: string;
  readonly run?: WorkflowRun;
  /** What the run is about, in full. */
  readonly commit?: string;
  /** Whether this is a job of a workflow, also where its run cannot be told. */
  readonly isJob: boolean;
  /** Whether a person is there to see what happens: nothing that runs by itself. */
  readonly attended: boolean;
  /** Nothing in other runs; an input error where the run is one for a pull request and does not say which. */
  pullRequest(): Promise<PullRequest | undefined>;
  /** Absent where the system does not tell. */
  readonly process?: ProcessIdentity;
  /** Whether a process of this machine is known to have ended; false when that cannot be known. */
  hasEnded(process: ProcessIdentity): Promise<boolean>;
  /** So many random bytes, in hexadecimal. */
  random(bytes: number): string;
}

export const runUrl = ({ server, repository, id, attempt }: WorkflowRun): string =>
  `${server}/${repository}/actions/runs/${id}/attempts/${attempt}`;
