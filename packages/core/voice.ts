/** What a run says while it is under way, and what nobody may ever hear. */
export interface Voice {
  /** A line for whoever watches. */
  note(text: string): void;
  /** What must not be overlooked, though the work goes on. */
  warn(text: string): void;
  /** From now on it appears nowhere, in whatever form. */
  hide(secret: string): void;
}
