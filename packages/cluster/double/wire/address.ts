import type { Resource } from '../resources.ts';
import { RESOURCES } from '../resources.ts';
import { metadataName } from './selectors.ts';
import { badRequest } from './status.ts';

export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection';

/** What a request is about, as far as its address says it; nothing of it need exist. */
export interface Address {
  readonly verb: Verb;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string;
  /** The name that a field selector narrows a list to; rights may be limited to it. */
  readonly selected: string;
}

const VERBS: Readonly<Record<string, Verb>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

const watches = (query: URLSearchParams): boolean =>
  query.has('watch') && !['0', 'false'].includes(query.get('watch') ?? '');

function verbOf(method: string, name: string, query: URLSearchParams): Verb {
  const verb = VERBS[method] ?? 'get';
  if (name !== '') return verb;
  if (verb === 'delete') return 'deletecollection';
  if (verb !== 'get') return verb;
  return watches(query) ? 'watch' : 'list';
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    throw badRequest(`invalid URL escape in ${JSON.stringify(step)}`);
  }
}

/** Nothing for an address that is about no resource: health, version, discovery. */
export function addressOf(
  method: string,
  path: string,
  query: URLSearchParams,
): Address | undefined {
  const steps = path.split('/').filter(Boolean).map(decoded);
  const api = steps.shift();
  if (api !== 'api' && api !== 'apis') return undefined;
  const group = api === 'apis' ? (steps.shift() ?? '') : '';
  const [version = '', ...rest] = steps;
  if (rest.length === 0) return undefined;
  let namespace = '';
  if (rest[0] === 'namespaces' && rest.length > 1) {
    namespace = rest[1] ?? '';
    // A namespace is itself within it; what follows is a resource of it.
    if (rest.length > 2 && rest[2] !== 'status' && rest[2] !== 'finalize') rest.splice(0, 2);
  }
  const [plural = '', name = '', subresource = ''] = rest;
  const verb = verbOf(method, name, query);
  const selected = name === '' ? metadataName(query.get('fieldSelector')) : '';
  return { verb, group, version, plural, namespace, name, subresource, selected };
}

export const resourceAt = ({ group, version, plural }: Address): Resource | undefined =>
  RESOURCES.find((one) => one.group === group && one.version === version && one.plural === plural);
