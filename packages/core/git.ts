/** The commit that is checked out, where there is a work tree. */
export interface CheckedOut {
  /** All 40 (or 64) hexadecimal digits. */
  readonly commit: string;
  /** Whether files that Git keeps differ from it. */
  readonly dirty: boolean;
  /** The address of `origin` without credentials, or nothing. */
  readonly repository?: string;
}

export interface Git {
  /** Nothing where the folder is in no work tree, or has no commit yet. */
  checkedOut(folder: string, signal: AbortSignal): Promise<CheckedOut | undefined>;
}
