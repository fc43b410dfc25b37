import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../../test/rounds.ts';
import { registry } from '../registry.fixture.ts';

const API = '/api/2.0/mlflow';

const post = (url: string, path: string, body: string) =>
  fetch(`${url}${API}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });

test('a value that was taken is given back as it was', async () => {
  const { url } = await registry();
  await post(url, 'registered-models/create', '{"name":"m"}');
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (value) => {
      const tag = JSON.stringify({ name: 'm', key: 'k', value });
      expect((await post(url, 'registered-models/set-tag', tag)).status).toBe(200);
      const response = await fetch(`${url}${API}/registered-models/get?name=m`);
      const text = await response.text();
      // Nothing in it can end a line or speak to a terminal.
      expect(text).toMatch(/^[\x20-\x7e\n]*$/);
      expect(JSON.parse(text).registered_model.tags).toEqual([{ key: 'k', value }]);
    }),
    rounds(2000),
  );
});

test('a model is found under the name that it was given, whatever that is', async () => {
  const { url } = await registry();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (name) => {
      const created = await post(url, 'registered-models/create', JSON.stringify({ name }));
      expect([200, 400]).toContain(created.status);
      const query = new URLSearchParams({ name });
      const found = await fetch(`${url}${API}/registered-models/get?${query}`);
      const isThere = created.status === 200 || (await created.text()).includes('ALREADY_EXISTS');
      expect(found.status).toBe(isThere ? 200 : 400);
      await found.text();
    }),
    rounds(2000),
  );
});

const PATHS = fc.constantFrom(
  ...['registered-models/create', 'model-versions/create', 'model-versions/transition-stage'],
  ...['runs/create', 'runs/log-batch', 'runs/log-metric', 'runs/search', 'runs/log-inputs'],
  ...['runs/update', 'experiments/create', 'experiments/search', 'registered-models/alias'],
);
const KEYS = fc.constantFrom(
  ...['name', 'version', 'stage', 'tags', 'key', 'value', 'source', 'run_id', 'experiment_id'],
  ...['metrics', 'params', 'datasets', 'max_results', 'filter', 'order_by', 'timestamp', 'status'],
  ...['archive_existing_versions', 'experiment_ids', 'alias', 'page_token', '__proto__', 'runId'],
);
const VALUES = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>('m', '1', '0', 'Production', 1e300, -1, 2 ** 53, '9223372036854775807'),
  fc.array(fc.dictionary(KEYS, fc.jsonValue(), { maxKeys: 3 }), { maxLength: 3 }),
);

test('no request makes the registry fail', async () => {
  const { url } = await registry();
  await post(url, 'registered-models/create', '{"name":"m"}');
  await fc.assert(
    fc.asyncProperty(PATHS, fc.dictionary(KEYS, VALUES, { maxKeys: 6 }), async (path, sent) => {
      const response = await post(url, path, JSON.stringify(sent));
      const text = await response.text();
      // The one answer above 499 is MLflow's own.
      const isKnown = text.includes('is not an Active stage') || text.includes('duplicate fields');
      expect(response.status < 500 || response.status === 501 || isKnown, text).toBe(true);
      expect(text).not.toMatch(/SELECT|INSERT|sqlite|\.ts:/i);
    }),
    rounds(5000),
  );
});
