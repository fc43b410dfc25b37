import type { WorkflowRun } from './host.ts';

/** A file as it stands at a ref, or that there is none. A failure to find out is an error, never "none". */
export type FileAtRef = { readonly text: string; readonly commit: string } | 'absent';

/** `unknown` where we may not ask (no `actions: read`) or the forge does not know the run. */
export type RunState = 'running' | 'finished' | 'unknown';

/** Where code is kept and workflows run. */
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
  runState(run: WorkflowRun, signal: AbortSignal): Promise<RunState>;
}
