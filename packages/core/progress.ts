export type Unit = 'bytes' | 'files';

/** One stretch of work that a person may wait for. */
export interface Phase {
  /** So much more is done. */
  advance(amount: number): void;
  end(): void;
}

/** How work that takes long is shown: grouped log lines in a job, a bar in a terminal. */
export interface Progress {
  begin(name: string, total: number, unit: Unit): Phase;
}
