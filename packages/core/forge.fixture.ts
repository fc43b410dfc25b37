import type { Forge } from './forge.ts';

const notAsked = (what: string) => () => Promise.reject(new Error(`${what} was asked`));

/** A forge that gives these answers, and fails the test that asks for others. */
export const forgeThat = (answers: Partial<Forge>): Forge => ({
  fileAt: notAsked('fileAt'),
  lastChange: notAsked('lastChange'),
  runState: notAsked('runState'),
  environmentAnswers: notAsked('environmentAnswers'),
  pullRequestsOf: notAsked('pullRequestsOf'),
  pullRequest: notAsked('pullRequest'),
  reviews: notAsked('reviews'),
  fileNaming: notAsked('fileNaming'),
  mayWrite: notAsked('mayWrite'),
  membership: notAsked('membership'),
  now: () => undefined,
  ...answers,
});
