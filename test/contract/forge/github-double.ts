import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Description } from './description.ts';
import { type Asked, type DoubleAnswer, NOT_ALLOWED, NOT_FOUND, refusal } from './github-answer.ts';
import type { At } from './github-bodies.ts';
import { commit, commits, contents } from './github-contents.ts';
import { access, filesOf, pull, pullsOf, reviewsOf } from './github-pull-requests.ts';
import { answersTo, attempt, run } from './github-runs.ts';
import type { GithubState, PermissionInState } from './github-state.ts';
import { teamAnswer } from './github-teams.ts';

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
    if (!url.pathname.startsWith(`${under}/`)) return send(response, NOT_FOUND, state);
    url.pathname = url.pathname.slice(under.length);
    const answer = answerTo(request, url, state, { api: `${base}${under}`, server: base });
    const accept = request.headers.accept ?? '';
    violations.push(
      ...(description?.broken({ method: request.method ?? '', url, accept }, answer) ?? []),
    );
    send(response, answer, state);
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

function send(
  response: ServerResponse,
  { status, type, body }: DoubleAnswer,
  { now }: GithubState,
): void {
  const date = now === undefined ? {} : { date: now };
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...date });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

interface Route {
  readonly path: RegExp;
  /** Absent where every token may ask. */
  readonly permission?: PermissionInState;
  readonly answer: (asked: Asked) => DoubleAnswer;
}

const ROUTES: readonly Route[] = [
  { path: /^commits$/, permission: 'contents', answer: commits },
  { path: /^commits\/([^/]+)\/pulls$/, permission: 'pull-requests', answer: pullsOf },
  { path: /^commits\/(.+)$/, permission: 'contents', answer: commit },
  { path: /^contents\/(.+)$/, permission: 'contents', answer: contents },
  { path: /^pulls\/(\d+)$/, permission: 'pull-requests', answer: pull },
  { path: /^pulls\/(\d+)\/reviews$/, permission: 'pull-requests', answer: reviewsOf },
  { path: /^pulls\/(\d+)\/files$/, permission: 'pull-requests', answer: filesOf },
  { path: /^collaborators\/([^/]+)\/permission$/, answer: access },
  { path: /^actions\/runs\/(\d+)$/, permission: 'actions', answer: run },
  { path: /^actions\/runs\/(\d+)\/approvals$/, permission: 'actions', answer: answersTo },
  { path: /^actions\/runs\/(\d+\/attempts\/\d+)$/, permission: 'actions', answer: attempt },
];

function answerTo(request: IncomingMessage, url: URL, state: GithubState, at: At): DoubleAnswer {
  const { authorization, accept = '' } = request.headers;
  if (authorization !== `token ${state.token}`) return refusal(401, 'Bad credentials');
  if (request.method !== 'GET') return NOT_FOUND;
  const ofTeam = teamAnswer(url.pathname, state, at);
  if (ofTeam) return ofTeam;
  const [, name = '', path = ''] = /^\/repos\/([^/]+\/[^/]+)\/(.+)$/.exec(url.pathname) ?? [];
  const repository = state.repositories[name];
  const route = ROUTES.find((one) => one.path.test(path));
  if (!route || !repository || repository.hidden) return NOT_FOUND;
  if (route.permission && !state.permissions.includes(route.permission)) return NOT_ALLOWED;
  const rest = decodeURIComponent(route.path.exec(path)?.[1] ?? '');
  return route.answer({ at, name, repository, rest, query: url.searchParams, accept });
}
