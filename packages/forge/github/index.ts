import type { Forge } from '@passmuster/core/forge.ts';
import { connect, type GithubOptions } from './connection.ts';
import { fileAt } from './file-at.ts';
import { runState } from './run-state.ts';
import { serverOf } from './server.ts';

/** GitHub, or a GitHub server, as somebody's token sees it. */
export function githubForge(options: GithubOptions): Forge {
  serverOf(options.apiUrl);
  const connection = connect(options);
  return {
    fileAt: (repository, path, ref, signal) => fileAt(connection, repository, path, ref, signal),
    runState: (run, signal) => runState(connection, run, signal),
  };
}
