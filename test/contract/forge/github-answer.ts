import type { At } from './github-bodies.ts';
import type { RepositoryInState } from './github-state.ts';

export interface DoubleAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
}

/** What was asked of a repository. */
export interface Asked {
  readonly at: At;
  readonly name: string;
  readonly repository: RepositoryInState;
  /** What of the path the route names, decoded. */
  readonly rest: string;
  readonly query: URLSearchParams;
  readonly accept: string;
}

export const json = (status: number, body: unknown): DoubleAnswer => ({
  ...{ status, type: 'application/json', body },
});

export const refusal = (status: number, message: string): DoubleAnswer =>
  json(status, { message, documentation_url: 'https://docs.github.com/rest', status: `${status}` });

export const NOT_FOUND = refusal(404, 'Not Found');

export const NOT_ALLOWED = refusal(403, 'Resource not accessible by integration');

/** The page that was asked for. */
export function paged(query: URLSearchParams, items: readonly object[]): DoubleAnswer {
  const size = Number(query.get('per_page') ?? 30);
  const start = (Number(query.get('page') ?? 1) - 1) * size;
  return json(200, items.slice(start, start + size));
}
