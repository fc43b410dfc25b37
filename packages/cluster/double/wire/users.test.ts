import { expect, test } from 'vitest';
import { ask, double, type Request } from '../double.fixture.ts';
import { configMap } from '../seeds.ts';
import type { PolicyRule } from './users.ts';

const RULES: readonly PolicyRule[] = [
  { apiGroups: [''], resources: ['configmaps'], resourceNames: ['one'], verbs: ['get', 'patch'] },
  {
    apiGroups: ['apps'],
    resources: ['deployments'],
    resourceNames: ['one'],
    verbs: ['get', 'list', 'watch'],
  },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
];

const started = async () => {
  const users = { dev: { name: 'dev', rules: { default: RULES } } };
  const server = await double({ users });
  server.put(configMap('one', { a: '1' }));
  return server;
};

const at = (path: string) => `/api/v1/namespaces/default/${path}`;
const apps = (path: string) => `/apis/apps/v1/namespaces/default/${path}`;

const FORBIDDEN: readonly (readonly [Request, string, object])[] = [
  [
    { path: at('configmaps/two') },
    'configmaps "two" is forbidden: User "dev" cannot get resource "configmaps" in API group "" in the namespace "default"',
    { name: 'two', kind: 'configmaps' },
  ],
  [
    { path: at('configmaps') },
    'configmaps is forbidden: User "dev" cannot list resource "configmaps" in API group "" in the namespace "default"',
    { kind: 'configmaps' },
  ],
  [
    { path: at('configmaps?fieldSelector=metadata.name%3Done') },
    'configmaps "one" is forbidden: User "dev" cannot list',
    { name: 'one', kind: 'configmaps' },
  ],
  [
    { path: apps('deployments') },
    'deployments.apps is forbidden: User "dev" cannot list resource "deployments" in API group "apps"',
    { group: 'apps', kind: 'deployments' },
  ],
  [
    { path: apps('deployments?watch=1&labelSelector=a') },
    'deployments.apps is forbidden: User "dev" cannot watch',
    { group: 'apps', kind: 'deployments' },
  ],
  [
    { method: 'POST', path: at('configmaps'), body: {} },
    'configmaps is forbidden: User "dev" cannot create',
    { kind: 'configmaps' },
  ],
  [
    { path: '/api/v1/configmaps' },
    'configmaps is forbidden: User "dev" cannot list resource "configmaps" in API group "" at the cluster scope',
    { kind: 'configmaps' },
  ],
  [
    { path: '/apis/none.example/v1/namespaces/default/things' },
    'things.none.example is forbidden: User "dev" cannot list',
    { group: 'none.example', kind: 'things' },
  ],
];

test.each(FORBIDDEN)('%j is forbidden', async (request, message, details) => {
  const answer = await ask(await started(), { ...request, token: 'dev' });
  expect(answer.status).toBe(403);
  expect(answer.failure.message).toContain(message);
  expect(answer.failure).toMatchObject({ reason: 'Forbidden', code: 403, details });
});

const ALLOWED: readonly (readonly [string, number])[] = [
  [at('configmaps/one'), 200],
  [apps('deployments/one'), 404],
  [apps('deployments?fieldSelector=metadata.name%3Done'), 200],
  [at('pods/none/log'), 404],
];

test.each(ALLOWED)('%s is allowed: %i', async (path, status) => {
  expect(await ask(await started(), { path, token: 'dev' })).toMatchObject({ status });
});

test('rules can be given and taken', async () => {
  const server = await started();
  const request = { path: at('configmaps/two'), token: 'dev' };
  server.allow('dev', 'default', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]);
  expect(await ask(server, request)).toMatchObject({ status: 404 });
  server.allow('dev', 'default', []);
  expect(await ask(server, request)).toMatchObject({ status: 403 });
});

test('a token that is nobody’s says no more than that', async () => {
  const server = await started();
  server.revoke('dev');
  for (const token of ['dev', 'never']) {
    const answer = await ask(server, { path: at('configmaps/one'), token });
    expect(answer.failure).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Unauthorized',
      reason: 'Unauthorized',
      code: 401,
    });
  }
});

test('who brings no token is anonymous', async () => {
  const answer = await ask(await started(), { path: at('configmaps/one'), token: '' });
  expect(answer.failure.message).toContain('User "system:anonymous" cannot get');
  expect(await ask(await started(), { path: '/version', token: '' })).toMatchObject({
    status: 200,
  });
});

test('a review tells what would be allowed', async () => {
  const server = await started();
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const review = async (verb: string) => {
    const attributes = { namespace: 'default', verb, resource: 'configmaps', name: 'one' };
    const body = { spec: { resourceAttributes: attributes } };
    const answer = await ask(server, { method: 'POST', path, body, token: 'dev' });
    return answer.as<{ status: { allowed: boolean } }>().status.allowed;
  };
  expect([await review('patch'), await review('delete')]).toEqual([true, false]);
});
