import { type Asked, type DoubleAnswer, json, NOT_FOUND, paged } from './github-answer.ts';
import { accessBody } from './github-people-bodies.ts';
import {
  fileBody,
  pullRequestBody,
  reviewBody,
  wholePullRequestBody,
} from './github-review-bodies.ts';
import type { PullRequestInState, RepositoryInState } from './github-state.ts';

export function pullsOf({ at, name, repository, rest: sha, query }: Asked): DoubleAnswer {
  const of = (repository.pullRequests ?? []).filter(({ head, merged, commits = [] }) =>
    [head, merged?.commit, ...commits].includes(sha),
  );
  return paged(
    query,
    of.map((one) => pullRequestBody(at, name, one)),
  );
}

const numbered = (
  { pullRequests = [] }: RepositoryInState,
  number: string,
): PullRequestInState | undefined => pullRequests.find((one) => `${one.number}` === number);

export function pull({ at, name, repository, rest }: Asked): DoubleAnswer {
  const found = numbered(repository, rest);
  return found ? json(200, wholePullRequestBody(at, name, found)) : NOT_FOUND;
}

export function reviewsOf({ at, name, repository, rest, query }: Asked): DoubleAnswer {
  const found = numbered(repository, rest);
  if (!found) return NOT_FOUND;
  const bodies = (found.reviews ?? []).map((one) => reviewBody(at, name, found.number, one));
  return paged(query, bodies);
}

export function filesOf({ at, name, repository, rest, query }: Asked): DoubleAnswer {
  const found = numbered(repository, rest);
  if (!found) return NOT_FOUND;
  return paged(
    query,
    (found.files ?? []).map((one) => fileBody(at, name, one)),
  );
}

export function access({ at, repository, rest: login }: Asked): DoubleAnswer {
  const role = repository.access?.[login];
  return role === undefined ? NOT_FOUND : json(200, accessBody(at, login, role));
}
