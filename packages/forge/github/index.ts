import type { Forge } from '@passmuster/core/forge.ts';
import { connect, type GithubOptions } from './connection.ts';
import { environmentAnswers } from './environment-answers.ts';
import { fileAt } from './file-at.ts';
import { fileNaming } from './file-naming.ts';
import { lastChange } from './last-change.ts';
import { mayWrite, membership } from './people.ts';
import { pullRequest, pullRequestsOf } from './pull-requests.ts';
import { reviews } from './reviews.ts';
import { runState } from './run-state.ts';
import { serverOf } from './server.ts';

/** GitHub, or a GitHub server, as somebody's token sees it. */
export function githubForge(options: GithubOptions): Forge {
  serverOf(options.apiUrl);
  const connection = connect(options);
  return {
    fileAt: (...asked) => fileAt(connection, ...asked),
    lastChange: (...asked) => lastChange(connection, ...asked),
    runState: (...asked) => runState(connection, ...asked),
    environmentAnswers: (...asked) => environmentAnswers(connection, ...asked),
    pullRequestsOf: (...asked) => pullRequestsOf(connection, ...asked),
    pullRequest: (...asked) => pullRequest(connection, ...asked),
    reviews: (...asked) => reviews(connection, ...asked),
    fileNaming: (...asked) => fileNaming(connection, ...asked),
    mayWrite: (...asked) => mayWrite(connection, ...asked),
    membership: (...asked) => membership(connection, ...asked),
    now: connection.now,
  };
}
