/** Time, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970; for people to read, never to decide by. */
  now(): number;
  /** Milliseconds that only go forward, in this process; also while it was stopped. */
  elapsed(): number;
  /** Rejects with the signal's reason when it comes. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}
