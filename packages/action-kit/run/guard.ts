/** What nobody catches ends the process with the code of a bug, not with Node's 1, which means refused. */
export function guard(end: (error: unknown) => number): void {
  const stop = (error: unknown) => process.exit(end(error));
  process.once('uncaughtException', stop);
  process.once('unhandledRejection', stop);
}
