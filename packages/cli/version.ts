import own from './package.json' with { type: 'json' };
import type { Terminal } from './terminal.ts';

export function version(io: Terminal): number {
  io.print(`passmuster ${own.version}, Node ${process.versions.node}`);
  return 0;
}
