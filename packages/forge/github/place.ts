import { InputError } from '@passmuster/core/errors.ts';
import { found } from '@passmuster/core/quote.ts';
import { isRepository } from '@passmuster/core/workflow-run.ts';

/** A repository as GitHub's addresses have it. */
export interface Place {
  readonly owner: string;
  readonly repo: string;
}

export function placeOf(repository: string): Place {
  if (!isRepository(repository)) {
    throw new InputError(`${found(repository)} is no repository; \`owner/name\` was expected.`);
  }
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

/** Whether a path leads to something inside of a repository, and fits into an address. */
export const isInside = (path: string): boolean =>
  path.isWellFormed() && !path.split('/').some((name) => ['', '.', '..'].includes(name));

export function refuseOutside(path: string): void {
  if (!isInside(path)) {
    throw new InputError(`${found(path)} is no path of a file in a repository.`);
  }
}
