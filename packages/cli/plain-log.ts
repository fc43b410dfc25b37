import type { Log } from '@passmuster/action-kit/run/log.ts';
import type { Terminal } from './terminal.ts';

/** Sparse lines for a log that nobody watches as it grows. */
export const plainLog = (io: Terminal): Log => ({
  print: (text) => io.note(`  ${text}`),
  debug: () => {},
  open: (group) => io.note(group),
  close: () => {},
});
