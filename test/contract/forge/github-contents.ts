import { type Asked, type DoubleAnswer, json, NOT_FOUND, refusal } from './github-answer.ts';
import { commitBody, contentBody, folderBody } from './github-bodies.ts';
import type { Kept, RepositoryInState } from './github-state.ts';

const EMPTY = refusal(409, 'Git Repository is empty.');

export function commits({ at, name, repository, query }: Asked): DoubleAnswer {
  const head = query.get('sha') ?? repository.refs[`refs/heads/${repository.defaultBranch}`];
  if (query.get('per_page') !== '1') throw new Error('the double has one commit to a page');
  if (head === undefined) return EMPTY;
  const path = query.get('path');
  if (path === null) return json(200, [commitBody(at, name, head)]);
  const change = repository.changes?.[path];
  return json(200, change ? [commitBody(at, name, change.commit, change.at)] : []);
}

/** As Git looks for a name: a tag comes before a branch. */
function commitOf({ refs, commits: known }: RepositoryInState, ref: string): string | undefined {
  const tried = [ref, `refs/${ref}`, `refs/tags/${ref}`, `refs/heads/${ref}`];
  return known[ref] ? ref : tried.map((name) => refs[name]).find(Boolean);
}

export function commit({ at, name, repository, rest, accept }: Asked): DoubleAnswer {
  if (repository.defaultBranch === undefined) return EMPTY;
  const sha = commitOf(repository, rest);
  if (sha === undefined) return refusal(422, `No commit found for SHA: ${rest}`);
  const type = 'application/vnd.github.sha';
  if (accept === type) return { status: 200, type, body: sha };
  return json(200, commitBody(at, name, sha));
}

export function contents({ at, name, repository, rest: path, query, accept }: Asked): DoubleAnswer {
  if (accept !== 'application/vnd.github.object+json') throw new Error('the double has objects');
  const ref = query.get('ref') ?? `refs/heads/${repository.defaultBranch}`;
  const files = repository.commits[commitOf(repository, ref) ?? ''];
  if (!files) return refusal(404, `No commit found for the ref ${ref}`);
  const place = { name, path, ref };
  const kept = followed(files, files[path]);
  if (kept !== undefined) return json(200, contentBody(at, place, kept));
  const inside = Object.keys(files).filter((one) => one.startsWith(`${path}/`));
  return inside.length > 0 ? json(200, folderBody(at, place, inside)) : NOT_FOUND;
}

/** A link to a file of the repository is answered by that file. */
function followed(files: Readonly<Record<string, Kept>>, kept?: Kept): Kept | undefined {
  if (typeof kept !== 'object' || !('link' in kept)) return kept;
  const target = files[kept.link];
  return typeof target === 'string' ? target : kept;
}
