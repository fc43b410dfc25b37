import type { IncomingMessage } from 'node:http';
import { invalid, unsupported } from '../refusal.ts';
import { ARTIFACT_LIST_ROUTES } from './artifact-list.ts';
import { artifactWork, type Work } from './artifact-proxy.ts';
import { bodyOf } from './body.ts';
import { EXPERIMENT_ROUTES } from './experiment-routes.ts';
import { LOG_ROUTES } from './log-routes.ts';
import { LOGGED_MODEL_ROUTES } from './logged-model-routes.ts';
import { MODEL_ROUTES } from './model-routes.ts';
import { json, NOT_FOUND, notAllowed, plain, type Reply } from './reply.ts';
import { jsonOf, queryOf } from './request.ts';
import type { Route } from './route.ts';
import { RUN_ROUTES } from './run-routes.ts';
import { VERSION_ROUTES } from './version-routes.ts';

const LARGEST_BODY = 8 * 1024 * 1024;

const ROUTES: readonly Route[] = [
  ...MODEL_ROUTES,
  ...VERSION_ROUTES,
  ...EXPERIMENT_ROUTES,
  ...RUN_ROUTES,
  ...LOG_ROUTES,
  ...ARTIFACT_LIST_ROUTES,
  ...LOGGED_MODEL_ROUTES,
];

const BY_PATH = Map.groupBy(ROUTES, ({ path }) => path);

/**
 * Clients compare it with the versions of MLflow: it is the one whose wire this is. What follows
 * the plus sign says who it really is, in a form that Python's versions allow.
 */
const VERSION = '3.17.2+passmuster';

const SERVER_INFO = {
  store_type: 'SqlStore',
  workspaces_enabled: false,
  trace_archival_enabled: false,
  multipart_uploads_enabled: false,
  multipart_downloads_enabled: false,
  presigned_upload_run_id_supported: false,
  presigned_upload_model_id_supported: false,
  features_enabled: { gateway: false },
};

/** Of the server itself, not of what it keeps. */
const PLAIN: ReadonlyMap<string, Reply> = new Map([
  ['/health', plain(200, 'OK')],
  ['/version', plain(200, VERSION)],
  ['/api/3.0/mlflow/server-info', json(SERVER_INFO)],
  ['/ajax-api/3.0/mlflow/server-info', json(SERVER_INFO)],
]);

/** What MLflow has and this registry has not, by how its addresses begin. */
const ABSENT: readonly (readonly [RegExp, string])[] = [
  [/^2\.0\/mlflow\/logged-models(?:\/|$)/, 'logged models'],
  [/^2\.0\/mlflow\/runs\/(?:outputs|log-model)$/, 'logged models'],
  [/^2\.0\/mlflow\/webhooks(?:\/|$)/, 'webhooks'],
  [/^2\.0\/mlflow\/traces(?:\/|$)/, 'traces'],
  [/^2\.0\/mlflow\/artifacts\/presigned-/, 'presigned addresses'],
  [/^2\.0\/mlflow-artifacts\/(?:mpu|presigned)\//, 'uploads in parts and presigned addresses'],
  [/^2\.0\/mlflow\/metrics\/get-history-bulk/, 'metrics of several runs at once'],
  [/^2\.0\/mlflow\/experiments\/search-datasets$/, 'search for datasets'],
  [/^2\.0\/mlflow\/model-versions\/get-artifact$/, 'artifacts for pages'],
  [/^3\.0\/mlflow\//, 'traces, assessments, scorers, datasets of their own and workspaces'],
];

const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

function checkType({ method, headers }: IncomingMessage): void {
  if (method !== 'POST' && method !== 'PUT') return;
  const type = headers['content-type'];
  if (type === undefined) throw invalid('Bad Request. Content-Type header is missing.');
  if (JSON_TYPE.test(type)) return;
  throw invalid("Bad Request. Content-Type must be one of ['application/json'].");
}

async function routeWork(
  request: IncomingMessage,
  route: Route,
  query: URLSearchParams,
): Promise<Work> {
  const isGet = request.method === 'GET' || request.method === 'HEAD';
  if (isGet && query.size > 0) {
    const raw = queryOf(query, route.fields);
    return (db) => json(route.answer(db, raw));
  }
  checkType(request);
  const raw = jsonOf((await bodyOf(request, LARGEST_BODY)).toString());
  return (db) => json(route.answer(db, raw));
}

/** What a request asks for. Its body has been read, so that the rest can happen at once. */
export async function workOf(request: IncomingMessage): Promise<Work> {
  const [path = '', search = ''] = (request.url ?? '').split('?', 2);
  const asked = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
  const itself = PLAIN.get(path);
  if (itself) return () => (asked === 'GET' ? itself : notAllowed(['GET']));
  const [, below = ''] = /^\/(?:ajax-)?api\/([\s\S]*)$/.exec(path) ?? [];
  const query = new URLSearchParams(search);
  const [, artifact] = /^2\.0\/mlflow-artifacts\/artifacts((?:\/[\s\S]*)?)$/.exec(below) ?? [];
  if (artifact !== undefined) return artifactWork(request, artifact, query);
  const routes = BY_PATH.get(/^2\.0\/mlflow\/([\s\S]*)$/.exec(below)?.[1] ?? '');
  if (routes) {
    const route = routes.find(({ methods }) => methods.some((method) => method === asked));
    if (route) return routeWork(request, route, query);
    return () => notAllowed(routes.flatMap(({ methods }) => methods));
  }
  const absent = ABSENT.find(([address]) => address.test(below));
  if (absent) throw unsupported(absent[1]);
  return () => NOT_FOUND;
}
