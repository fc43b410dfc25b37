import type { ConfigMap } from '@passmuster/core/cluster/configmap.ts';
import { expect, test } from 'vitest';
import { clusterAt, failing, json, type Respond, serving, status } from './cluster.fixture.ts';

const AT = { namespace: 'ml', name: 'llm' };
const SEEN: ConfigMap = {
  ...AT,
  uid: 'u',
  resourceVersion: '7',
  data: new Map(),
  binaryKeys: [],
  labels: new Map(),
  annotations: new Map(),
  isImmutable: false,
  managers: [],
};
const CHANGE = { data: new Map([['a', '1']]), annotations: new Map() };

const always =
  (code: number, body: unknown, headers: Record<string, string> = {}): Respond =>
  (response) =>
    typeof body === 'string'
      ? response.writeHead(code, { 'content-type': 'text/plain', ...headers }).end(body)
      : json(response, code, body, headers);

const ALL = `ConfigMap in version "v1" cannot be handled as a ConfigMap: {"data":{"k":"SECRET-VALUE"}}`;

interface Row {
  readonly read: string;
  readonly write: string;
  readonly says: string;
  readonly hint: string;
}

test.each<[string, number, unknown, Row]>([
  [
    'nobody known',
    401,
    status(401, 'Unauthorized', 'Unauthorized'),
    {
      read: 'denied none',
      write: 'denied none',
      says: 'the server answered 401 Unauthorized, "Unauthorized".',
      hint: 'Sent was: the input `token`. Its token is wrong, has ended, is for another audience, or its account is no longer there: get a new one.',
    },
  ],
  [
    'a Role that is missing',
    403,
    status(
      403,
      'Forbidden',
      'configmaps "llm" is forbidden: User "ci" cannot get resource "configmaps" in API group "" in the namespace "ml": RBAC: role.rbac.authorization.k8s.io "pm" not found',
    ),
    {
      read: 'denied none',
      write: 'denied none',
      says: '403 Forbidden',
      hint: 'A binding names the Role "pm", which is not there: make it.',
    },
  ],
  [
    'nobody at all',
    403,
    status(
      403,
      'Forbidden',
      'configmaps "llm" is forbidden: User "system:anonymous" cannot get resource "configmaps" in API group "" in the namespace "ml"',
    ),
    {
      read: 'denied none',
      write: 'denied none',
      says: '403',
      hint: 'The server knows nobody by what was sent: the input `token`.',
    },
  ],
  [
    'another kind of refusal',
    403,
    '<html>Blocked by the firewall',
    {
      read: 'denied none',
      write: 'denied none',
      says: 'the server answered 403.',
      hint: 'Sent was: the input `token`. Whoever that is lacks the right.',
    },
  ],
  [
    'no such path',
    404,
    '404 page not found\n',
    {
      read: 'unsupported none',
      write: 'unsupported none',
      says: '404, "404 page not found".',
      hint: 'Check that the address is that of the API server',
    },
  ],
  [
    'no such resource',
    404,
    status(404, 'NotFound', 'the server could not find the requested resource'),
    {
      read: 'unsupported none',
      write: 'unsupported none',
      says: 'could not find the requested resource',
      hint: 'Check that the address',
    },
  ],
  [
    'another owner',
    409,
    status(409, 'Conflict', 'Apply failed', {
      causes: [
        { reason: 'FieldManagerConflict', message: 'conflict with "helm"', field: '.data.a' },
      ],
    }),
    {
      read: 'contended none',
      write: 'contended none',
      says: '409 Conflict, ".data.a: conflict with "helm"".',
      hint: 'Another tool owns this field',
    },
  ],
  [
    'an admission policy',
    422,
    status(422, 'Invalid', 'x', {
      causes: [{ message: "ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no" }],
    }),
    {
      read: 'refused none',
      write: 'refused none',
      says: "422 Invalid, \"ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no\".",
      hint: 'Mend what the server names',
    },
  ],
  [
    'strict decoding, which repeats all of the object',
    422,
    status(422, 'Invalid', `${ALL}: strict decoding error: unknown field "dataa"`),
    {
      read: 'refused none',
      write: 'refused none',
      says: '422 Invalid, "unknown field "dataa"".',
      hint: 'Mend',
    },
  ],
  [
    'another type, which repeats all of the object',
    422,
    status(422, 'Invalid', `${ALL}: json: cannot unmarshal number into Go struct field`),
    { read: 'refused none', write: 'refused none', says: '"cannot unmarshal', hint: 'Mend' },
  ],
  [
    'a value that is a map',
    422,
    status(422, 'Invalid', 'x', {
      causes: [{ message: 'Invalid value: {"k":"SECRET-VALUE"}: bad', field: 'data' }],
    }),
    {
      read: 'refused none',
      write: 'refused none',
      says: '"data: Invalid value: bad".',
      hint: 'Mend',
    },
  ],
  [
    'a redirect',
    302,
    '',
    { read: 'refused none', write: 'refused none', says: '302', hint: 'It redirects' },
  ],
  [
    'a server that fails',
    500,
    status(500, 'InternalError', 'Internal error occurred: etcd \u001b[31m is away'),
    {
      read: 'unanswered none',
      write: 'unanswered unknown',
      says: '500 InternalError, "Internal error occurred: etcd \\u{1b}[31m is away".',
      hint: 'Look whether the server is well',
    },
  ],
  [
    'a server that is busy',
    429,
    status(429, 'TooManyRequests', 'slow down'),
    { read: 'contended none', write: 'contended none', says: '429', hint: 'too busy' },
  ],
])('%s (%i)', async (_, code, body, { read, write, says, hint }) => {
  const { url } = await serving(always(code, body));
  const cluster = await clusterAt(url);
  for (const [ask, expected, what] of [
    [() => cluster.configMap(AT), read, 'read the ConfigMap ml/llm'],
    [() => cluster.changeConfigMap(SEEN, CHANGE), write, 'change the ConfigMap ml/llm'],
  ] as const) {
    const error = await failing(ask());
    const { reason, effect } = error.failure;
    expect(`${reason} ${effect}`).toBe(expected);
    expect(error.message).toContain(`Could not ${what} at ${url}: `);
    expect(error.message).toContain(says);
    expect(error.problems[0]?.hint).toContain(hint);
    expect(JSON.stringify(error.problems)).not.toMatch(/SECRET-VALUE|token-of-a-test/);
  }
});

test('what repeats the token is told without it, and the voice hides it', async () => {
  const hidden: string[] = [];
  const { url } = await serving(always(400, 'bad token-of-a-test here'));
  const voice = { note() {}, warn() {}, hide: (secret: string) => void hidden.push(secret) };
  const cluster = await clusterAt(url, 'token-of-a-test', { voice });
  const error = await failing(cluster.configMap(AT));
  expect(error.message).toContain('"bad *** here"');
  expect(hidden).toEqual(['token-of-a-test']);
});

test('a page to log in at is no object', async () => {
  const { url } = await serving(always(200, '<html>Log in'));
  const error = await failing((await clusterAt(url)).configMap(AT));
  expect(error.failure).toMatchObject({ reason: 'unanswered', lasting: true });
  expect(error.message).toContain('with no object of Kubernetes');
});

test('a path below which the server is', async () => {
  const { url, seen } = await serving(always(200, { metadata: {} }));
  const cluster = await clusterAt(`${url}/k8s/clusters/c-1/`);
  await cluster.configMap(AT);
  expect(seen).toEqual(['GET /k8s/clusters/c-1/api/v1/namespaces/ml/configmaps/llm']);
});
