import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Description } from './description.ts';
import {
  type At,
  commitBody,
  contentBody,
  folderBody,
  type Kept,
  type RunInState,
  runBody,
} from './github-bodies.ts';

export interface RepositoryInState {
  /** As of a repository that the token knows nothing of: there is none. */
  readonly hidden?: boolean;
  /** Without one, nothing was ever committed. */
  readonly defaultBranch?: string;
  /** Full names of refs, and the commits that they name. */
  readonly refs: Readonly<Record<string, string>>;
  readonly commits: Readonly<Record<string, Readonly<Record<string, Kept>>>>;
  readonly runs: readonly RunInState[];
}

export interface GithubState {
  readonly token: string;
  /** What the token may read. */
  readonly permissions: readonly ('contents' | 'actions')[];
  readonly repositories: Readonly<Record<string, RepositoryInState>>;
}

export interface DoubleAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
}

export interface GithubDouble extends AsyncDisposable {
  readonly apiUrl: string;
  /** What was asked, as method and address. */
  readonly asked: readonly string[];
  /** Where a request or an answer of ours is not as GitHub's description says. */
  readonly violations: readonly string[];
}

/** A GitHub with so much in it, on a port of its own; a server of somebody's has its API below a path. */
export async function githubDouble(
  state: GithubState,
  description: Description | undefined,
  under = '',
): Promise<GithubDouble> {
  const asked: string[] = [];
  const violations: string[] = [];
  const server = createServer((request, response) => {
    const base = `http://${request.headers.host}`;
    const url = new URL(request.url ?? '', base);
    asked.push(`${request.method} ${url.pathname}${url.search}`);
    if (!url.pathname.startsWith(`${under}/`)) return send(response, refusal(404, 'Not Found'));
    url.pathname = url.pathname.slice(under.length);
    const answer = answerTo(request, url, state, { api: `${base}${under}`, server: base });
    const accept = request.headers.accept ?? '';
    violations.push(
      ...(description?.broken({ method: request.method ?? '', url, accept }, answer) ?? []),
    );
    send(response, answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ...{ apiUrl: `http://127.0.0.1:${port}${under}`, asked, violations },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, { status, type, body }: DoubleAnswer): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

const json = (status: number, body: unknown): DoubleAnswer => ({
  ...{ status, type: 'application/json', body },
});

const refusal = (status: number, message: string): DoubleAnswer =>
  json(status, { message, documentation_url: 'https://docs.github.com/rest', status: `${status}` });

interface Asked {
  readonly at: At;
  readonly name: string;
  readonly repository: RepositoryInState;
  readonly rest: string;
  readonly query: URLSearchParams;
  readonly accept: string;
}

const ROUTES: readonly {
  readonly path: RegExp;
  readonly permission: 'contents' | 'actions';
  readonly answer: (asked: Asked) => DoubleAnswer;
}[] = [
  { path: /^commits$/, permission: 'contents', answer: commits },
  { path: /^commits\/(.+)$/, permission: 'contents', answer: commit },
  { path: /^contents\/(.+)$/, permission: 'contents', answer: contents },
  { path: /^actions\/runs\/(\d+\/attempts\/\d+)$/, permission: 'actions', answer: run },
];

function answerTo(request: IncomingMessage, url: URL, state: GithubState, at: At): DoubleAnswer {
  const { authorization, accept = '' } = request.headers;
  if (authorization !== `token ${state.token}`) return refusal(401, 'Bad credentials');
  const [, name = '', path = ''] = /^\/repos\/([^/]+\/[^/]+)\/(.+)$/.exec(url.pathname) ?? [];
  const repository = state.repositories[name];
  const route = ROUTES.find((one) => one.path.test(path));
  if (request.method !== 'GET' || !route || !repository || repository.hidden) {
    return refusal(404, 'Not Found');
  }
  if (!state.permissions.includes(route.permission)) {
    return refusal(403, 'Resource not accessible by integration');
  }
  const rest = decodeURIComponent(route.path.exec(path)?.[1] ?? '');
  return route.answer({ at, name, repository, rest, query: url.searchParams, accept });
}

const EMPTY = refusal(409, 'Git Repository is empty.');

function commits({ at, name, repository, query }: Asked): DoubleAnswer {
  const sha = query.get('sha') ?? repository.refs[`refs/heads/${repository.defaultBranch}`];
  if (query.get('per_page') !== '1') throw new Error('the double has one commit to a page');
  return sha === undefined ? EMPTY : json(200, [commitBody(at, name, sha)]);
}

/** As Git looks for a name: a tag comes before a branch. */
function commitOf({ refs, commits: known }: RepositoryInState, ref: string): string | undefined {
  const tried = [ref, `refs/${ref}`, `refs/tags/${ref}`, `refs/heads/${ref}`];
  return known[ref] ? ref : tried.map((name) => refs[name]).find(Boolean);
}

function commit({ at, name, repository, rest, accept }: Asked): DoubleAnswer {
  if (repository.defaultBranch === undefined) return EMPTY;
  const sha = commitOf(repository, rest);
  if (sha === undefined) return refusal(422, `No commit found for SHA: ${rest}`);
  const type = 'application/vnd.github.sha';
  if (accept === type) return { status: 200, type, body: sha };
  return json(200, commitBody(at, name, sha));
}

function contents({ at, name, repository, rest: path, query, accept }: Asked): DoubleAnswer {
  if (accept !== 'application/vnd.github.object+json') throw new Error('the double has objects');
  const ref = query.get('ref') ?? `refs/heads/${repository.defaultBranch}`;
  const files = repository.commits[commitOf(repository, ref) ?? ''];
  if (!files) return refusal(404, `No commit found for the ref ${ref}`);
  const place = { name, path, ref };
  const kept = followed(files, files[path]);
  if (kept !== undefined) return json(200, contentBody(at, place, kept));
  const inside = Object.keys(files).filter((one) => one.startsWith(`${path}/`));
  return inside.length > 0 ? json(200, folderBody(at, place, inside)) : refusal(404, 'Not Found');
}

/** A link to a file of the repository is answered by that file. */
function followed(files: Readonly<Record<string, Kept>>, kept?: Kept): Kept | undefined {
  if (typeof kept !== 'object' || !('link' in kept)) return kept;
  const target = files[kept.link];
  return typeof target === 'string' ? target : kept;
}

function run({ at, name, repository, rest }: Asked): DoubleAnswer {
  const [id, , attempt] = rest.split('/');
  const found = repository.runs.find((one) => one.id === id && one.attempt === attempt);
  return found ? json(200, runBody(at, name, found)) : refusal(404, 'Not Found');
}
