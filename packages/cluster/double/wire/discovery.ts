import { RESOURCES } from '../resources.ts';
import type { Answer } from './call.ts';
import { ok } from './call.ts';
import { unknownResource } from './status.ts';
import type { Users } from './users.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

const text = (status: number, body: string): Answer => ({
  status,
  body: '',
  text: body,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
});

/** In words, not as JSON: the group is not installed, or there is nothing at all. */
export const pageNotFound = (): Answer => text(404, '404 page not found\n');

function resourceList(group: string): Answer {
  const groupVersion = group === '' ? 'v1' : `${group}/v1`;
  const resources = RESOURCES.filter((one) => one.group === group).flatMap((one) => {
    const { plural, kind, namespaced, subresources } = one;
    const main = { name: plural, singularName: kind.toLowerCase(), namespaced, kind, verbs: VERBS };
    const below = subresources.map((sub) => ({
      name: `${plural}/${sub}`,
      singularName: '',
      namespaced,
      kind,
      verbs: sub === 'log' ? ['get'] : ['get', 'patch', 'update'],
    }));
    return [main, ...below];
  });
  return ok({ kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources });
}

const group = (name: string) => {
  const version = { groupVersion: `${name}/v1`, version: 'v1' };
  return { name, versions: [version], preferredVersion: version };
};

const PUBLIC = new Set(['/healthz', '/livez', '/readyz']);
const GROUPS = ['apps', 'authorization.k8s.io'];

/** What is about no resource: health, version, and what there is. */
export function discovery(path: string, users: Users, token: string | undefined): Answer {
  const plain = path.length > 1 ? path.replace(/\/$/, '') : path;
  if (PUBLIC.has(plain)) return text(200, 'ok');
  if (plain === '/version') {
    return ok({ major: '1', minor: '36', gitVersion: 'v1.36.3', platform: 'linux/amd64' });
  }
  users.checkPath(token, plain);
  if (plain === '/api') return ok({ kind: 'APIVersions', versions: ['v1'] });
  if (plain === '/apis') {
    return ok({ kind: 'APIGroupList', apiVersion: 'v1', groups: GROUPS.map(group) });
  }
  if (plain === '/api/v1') return resourceList('');
  const [, name = '', version] = /^\/apis\/([^/]+)(?:\/([^/]+))?$/.exec(plain) ?? [];
  if (!GROUPS.includes(name)) return pageNotFound();
  if (version === undefined) return ok({ kind: 'APIGroup', apiVersion: 'v1', ...group(name) });
  if (version !== 'v1') throw unknownResource();
  return resourceList(name);
}
