/** The code of an error that came from the system, as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    return undefined;
  }
  // A path with a NUL in it is stopped by Node before the system sees it.
  return 'syscall' in error || error.code === 'ERR_INVALID_ARG_VALUE' ? error.code : undefined;
}

const WHY_UNREADABLE: Readonly<Record<string, string>> = {
  EACCES: 'may not be read by this user; give it read access',
  EPERM: 'may not be read by this user; give it read access',
  ENOENT: 'was removed while the folder was read; try again once nothing writes to it',
  ENOTDIR: 'was replaced while the folder was read; try again once nothing writes to it',
  ENXIO: 'is no file any more; try again once nothing writes to the folder',
  ELOOP: 'is a link that leads round in a circle; remove it',
  ENAMETOOLONG: 'has a path that is too long for this system; move the folder further up',
  EMFILE: 'could not be opened: too many files are open; raise the limit (ulimit -n)',
};

/** Why something could not be read, going on from its name. Any other error is thrown on. */
export function whyUnreadable(error: unknown): string {
  const code = systemCode(error);
  if (code === undefined) throw error;
  return WHY_UNREADABLE[code] ?? `could not be read (${code})`;
}
