import { expect, test } from 'vitest';
import { ask, double, JSON_PATCH, type Request } from '../double.fixture.ts';
import type { ConfigMap } from '../objects.ts';
import { configMap } from '../seeds.ts';

const ALL = '/api/v1/namespaces/default/configmaps';
const ONE = `${ALL}/models`;

const seeded = async () => {
  const server = await double();
  server.put(configMap('models', { current: 'v1', other: 'x' }));
  server.put(configMap('fixed', { current: 'v1' }, { immutable: true }));
  return server;
};

const op = (name: string, path: string, more: object = {}) => [{ op: name, path, ...more }];

const patch = (body: unknown, query = '', path = ONE): Request => ({
  method: 'PATCH',
  path: `${path}${query}`,
  body,
  ...(Array.isArray(body) && { type: JSON_PATCH }),
});

const OPAQUE = 'the server rejected our request due to an error in our request';
const STALE = 'the object has been modified; please apply your changes to the latest version';

const REFUSED: readonly (readonly [string, Request, number, string, string])[] = [
  ['a stale version', patch({ metadata: { resourceVersion: '7' } }), 409, 'Conflict', STALE],
  ['another uid', patch({ metadata: { uid: 'x' } }), 422, 'Invalid', 'metadata.uid: Invalid value'],
  ['another name', patch({ metadata: { name: 'x' } }), 400, 'BadRequest', 'name of the object (x)'],
  [
    'a number',
    patch({ data: { current: 1 } }),
    422,
    'Invalid',
    'json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
  ],
  [
    'an unknown field, strictly',
    patch({ dataa: {} }, '?fieldValidation=Strict'),
    422,
    'Invalid',
    'strict decoding error: unknown field "dataa"',
  ],
  [
    'strict in lower case',
    patch({}, '?fieldValidation=strict'),
    422,
    'Invalid',
    'Unsupported value',
  ],
  ['half a dry run', patch({}, '?dryRun=Some'), 422, 'Invalid', 'supported values: "All"'],
  ['a long manager', patch({}, `?fieldManager=${'x'.repeat(129)}`), 422, 'Invalid', '128 bytes'],
  ['a failed test', patch(op('test', '/data/current', { value: 'v2' })), 422, 'Invalid', OPAQUE],
  ['a missing path', patch(op('remove', '/data/none')), 422, 'Invalid', OPAQUE],
  ['a missing parent', patch(op('add', '/binaryData/x', { value: '' })), 422, 'Invalid', OPAQUE],
  ['an unknown operation', patch(op('bogus', '/data/x')), 422, 'Invalid', OPAQUE],
  [
    'a stale version in a JSON Patch',
    patch(op('replace', '/metadata/resourceVersion', { value: '7' })),
    409,
    'Conflict',
    STALE,
  ],
  [
    'no list of operations',
    { ...patch({}), type: JSON_PATCH },
    400,
    'BadRequest',
    'cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
  ],
  [
    'a brace too many',
    patch('{"data":{"a":"b"}}}'),
    400,
    'BadRequest',
    "invalid character '}' after top-level value",
  ],
  ['plain JSON', { ...patch({}), type: 'application/json' }, 415, 'UnsupportedMediaType', '415'],
  ['too much', patch({ data: { x: 'x'.repeat(1_048_577) } }), 422, 'Invalid', 'Too long'],
  ['far too much', patch('x'.repeat(3_145_729)), 413, 'RequestEntityTooLarge', 'limit is 3145728'],
  [
    'a bad key',
    patch({ data: { 'a b': '' } }),
    422,
    'Invalid',
    'a valid config key must consist of',
  ],
  [
    'a change of what is immutable',
    patch({ data: { current: 'v2' } }, '', `${ALL}/fixed`),
    422,
    'Invalid',
    'data: Forbidden: field is immutable when `immutable` is set',
  ],
  [
    'making it mutable',
    patch({ immutable: null }, '', `${ALL}/fixed`),
    422,
    'Invalid',
    'immutable: Forbidden',
  ],
  [
    'what is not there',
    patch({}, '', `${ALL}/none`),
    404,
    'NotFound',
    'configmaps "none" not found',
  ],
  [
    'what is there already',
    { method: 'POST', path: ALL, body: { metadata: { name: 'models' } } },
    409,
    'AlreadyExists',
    'configmaps "models" already exists',
  ],
  [
    'a missing namespace',
    { method: 'POST', path: ALL.replace('default', 'none'), body: { metadata: { name: 'm' } } },
    404,
    'NotFound',
    'namespaces "none" not found',
  ],
];

test.each(REFUSED)('%s is refused', async (_, request, code, reason, message) => {
  const server = await seeded();
  const before = [server.get('ConfigMap', 'default', 'models'), server.list('ConfigMap').length];
  const answer = await ask(server, request);
  expect(answer.status).toBe(code);
  expect(answer.failure).toMatchObject({ kind: 'Status', status: 'Failure', code, reason });
  expect(answer.failure.message).toContain(message);
  const after = [server.get('ConfigMap', 'default', 'models'), server.list('ConfigMap').length];
  expect(after).toEqual(before);
});

const TAKEN: readonly (readonly [string, Request, Record<string, string>])[] = [
  ['a merge patch', patch({ data: { current: 'v2' } }), { current: 'v2', other: 'x' }],
  ['a removal', patch({ data: { other: null } }), { current: 'v1' }],
  [
    'an empty version',
    patch({ metadata: { resourceVersion: '' }, data: { other: null } }),
    { current: 'v1' },
  ],
  [
    'version 0',
    patch({ metadata: { resourceVersion: '0' }, data: { other: null } }),
    { current: 'v1' },
  ],
  [
    'a test that holds',
    patch([
      ...op('test', '/data/current', { value: 'v1' }),
      ...op('replace', '/data/current', { value: 'v2' }),
    ]),
    { current: 'v2', other: 'x' },
  ],
  [
    'null for what is absent',
    patch([...op('test', '/data/new', { value: null }), ...op('add', '/data/new', { value: 'n' })]),
    { current: 'v1', other: 'x', new: 'n' },
  ],
  [
    'a replacement of what is missing',
    patch(op('replace', '/data/new', { value: 'n' })),
    { current: 'v1', other: 'x', new: 'n' },
  ],
  [
    'a copy of what is missing',
    patch(op('copy', '/data/new', { from: '/data/none' })),
    { current: 'v1', other: 'x', new: '' },
  ],
  ['an unknown field', patch({ dataa: { a: 'b' } }), { current: 'v1', other: 'x' }],
];

test.each(TAKEN)('%s is taken', async (_, request, data) => {
  const server = await seeded();
  const answer = await ask(server, request);
  expect(answer.status).toBe(200);
  expect(answer.as<ConfigMap>().data).toEqual(data);
  expect(server.get('ConfigMap', 'default', 'models')).toEqual(answer.as());
});

test('what changes nothing leaves no trace, and is still compared', async () => {
  const server = await seeded();
  const before = server.get('ConfigMap', 'default', 'models');
  const same = await ask(server, patch({ data: { current: 'v1' } }, '?fieldManager=new'));
  expect(same.as()).toEqual(before);
  const stale = { metadata: { resourceVersion: '7' }, data: { current: 'v1' } };
  expect(await ask(server, patch(stale))).toMatchObject({ status: 409 });
});

test('a dry run shows what would be and stores nothing', async () => {
  const server = await seeded();
  const before = server.get('ConfigMap', 'default', 'models');
  const answer = await ask(server, patch({ data: { current: 'v2' } }, '?dryRun=All'));
  expect(answer.as<ConfigMap>().data?.['current']).toBe('v2');
  expect(answer.as().metadata.resourceVersion).toBe(before?.metadata.resourceVersion);
  expect(server.get('ConfigMap', 'default', 'models')).toBe(before);
});

test('a warning names what was dropped', async () => {
  const server = await seeded();
  const { headers } = await ask(server, patch({ dataa: {} }));
  expect(headers.get('warning')).toBe('299 - "unknown field \\"dataa\\""');
});

test('whoever changes a key takes it from who had it', async () => {
  const server = await seeded();
  const { as } = await ask(server, patch({ data: { current: 'v2' } }, '?fieldManager=ours'));
  expect(as().metadata.managedFields).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        manager: 'kubectl-create',
        operation: 'Update',
        fieldsV1: { 'f:data': { '.': {}, 'f:other': {} } },
      }),
      expect.objectContaining({ manager: 'ours', fieldsV1: { 'f:data': { 'f:current': {} } } }),
    ]),
  );
  server.change('ConfigMap', 'default', 'models', { data: { current: 'v3' } });
  const managers = server.get('ConfigMap', 'default', 'models')?.metadata.managedFields;
  expect(managers?.map(({ manager }) => manager)).toEqual(['kubectl-create', 'kubectl-patch']);
});

test('without a field manager, the agent is the manager', async () => {
  const server = await seeded();
  const { as } = await ask(server, patch({ data: { current: 'v2' } }));
  expect(as().metadata.managedFields?.at(-1)?.manager).toBe('probe');
});

test('of writers that compare, one wins', async () => {
  const server = await seeded();
  const { resourceVersion } = server.get('ConfigMap', 'default', 'models')?.metadata ?? {};
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      ask(server, patch({ metadata: { resourceVersion }, data: { current: `w${at}` } })),
    ),
  );
  expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(409)]);
});

interface List {
  readonly items: readonly ConfigMap[];
  readonly metadata: Record<string, string>;
}

test('a list comes in pieces of one state', async () => {
  const server = await seeded();
  server.put(configMap('third', {}));
  const first = (await ask(server, { path: `${ALL}?limit=2` })).as<List>();
  server.put(configMap('zz-late', {}));
  const token = encodeURIComponent(first.metadata['continue'] ?? '');
  const second = (await ask(server, { path: `${ALL}?limit=2&continue=${token}` })).as<List>();
  const names = [...first.items, ...second.items].map(({ metadata }) => metadata.name);
  expect(names).toEqual(['fixed', 'models', 'third']);
  expect(second.metadata['resourceVersion']).toBe(first.metadata['resourceVersion']);
  expect(second.metadata['continue']).toBeUndefined();
});

test('a list in a missing namespace is empty', async () => {
  const server = await seeded();
  const answer = await ask(server, { path: ALL.replace('default', 'none') });
  expect(answer.status).toBe(200);
  expect(answer.as<List>().items).toEqual([]);
});

const PRECONDITIONS: readonly (readonly [object, number])[] = [
  [{ uid: 'x' }, 409],
  [{ resourceVersion: '7' }, 409],
  [{}, 200],
];

test.each(PRECONDITIONS)('a deletion under %j: %i', async (preconditions, status) => {
  const server = await seeded();
  const answer = await ask(server, { method: 'DELETE', path: ONE, body: { preconditions } });
  expect(answer.status).toBe(status);
  expect(server.get('ConfigMap', 'default', 'models') === undefined).toBe(status === 200);
});

const NOWHERE: readonly (readonly [string, number, string])[] = [
  ['/apis/serving.kserve.io/v1beta1', 404, '404 page not found'],
  ['/apis/apps/v1beta1/namespaces/default/deployments', 404, 'could not find the requested'],
  ['/api/v1/namespaces/default/nonsense', 404, 'could not find the requested resource'],
  [`${ALL}?resourceVersion=99999999`, 504, 'Too large resource version'],
  [`${ONE}?resourceVersion=abc`, 500, 'invalid syntax'],
  [`${ALL}?fieldSelector=data.x%3D1`, 400, 'is not a known field selector'],
  [`${ALL}?continue=abc`, 400, 'invalid continue token'],
  ['/api/v1/namespaces/%zz/configmaps', 400, 'invalid URL escape'],
];

test.each(NOWHERE)('%s: %i', async (path, status, text) => {
  const answer = await ask(await seeded(), { path });
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(text);
});
