import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../../test/rounds.ts';
import { Refusal } from '../refusal.ts';
import { database } from '../registry.fixture.ts';
import { createModel } from '../store/models.ts';
import { createVersion } from '../store/versions.ts';
import { searchExperiments } from './experiments.ts';
import { searchModels } from './models.ts';
import { searchRuns } from './runs.ts';
import { searchVersions } from './versions.ts';

const KEY = fc.constantFrom(
  ...['name', 'version_number', 'run_id', 'source_path', 'tags.a', 'tags.`a b`', 'tags."x"'],
  ...[
    'metrics.m',
    'params.p',
    'attributes.status',
    'start_time',
    'dataset.name',
    'dataset.context',
  ],
  ...[
    'experiment_id',
    'creation_time',
    'tags.`mlflow.prompt.is_prompt`',
    'bogus',
    'tags.` OR 1=1`',
  ],
);
const COMPARATOR = fc.constantFrom(
  ...['=', '!=', '<', '<=', '>', '>=', 'LIKE', 'ILIKE', 'IN', 'NOT IN', 'IS NULL', 'IS NOT NULL'],
  ...['==', '<>', 'NOT LIKE', 'RLIKE'],
);
const VALUE = fc.oneof(
  fc.constantFrom('', "'x'", "'%'", '1', '-1.5', "('a', 'b')", "'1'", "'true'", '1e400', "('')"),
  fc.string().map((value) => `'${value}'`),
);
const CONDITION = fc.tuple(KEY, COMPARATOR, VALUE).map((parts) => parts.join(' '));
const FILTER = fc.oneof(
  fc.array(CONDITION, { maxLength: 4 }).map((all) => all.join(' AND ')),
  fc.string({ unit: 'binary' }),
);
const ORDER = fc.array(
  fc.oneof(
    fc.tuple(KEY, fc.constantFrom('', 'ASC', 'DESC', 'x')).map((parts) => parts.join(' ')),
    fc.string(),
  ),
  { maxLength: 2 },
);
const TOKEN = fc.option(fc.oneof(fc.base64String(), fc.string()), { nil: undefined });

test('no filter, order or token gets further than to a refusal', async () => {
  const db = await database();
  createModel(db, { name: 'm', description: '', tags: [{ key: 'a', value: 'x' }] });
  const source = 's3://b/x';
  const more = { runId: '', runLink: '', description: '', tags: [{ key: 'a', value: 'x' }] };
  createVersion(db, { name: 'm', source, storage: source, ...more });
  const searches = [searchModels, searchVersions] as const;
  fc.assert(
    fc.property(FILTER, ORDER, TOKEN, (filter, orderBy, token) => {
      const search = { filter, orderBy, token, size: 10 };
      const all = [
        ...searches.map((one) => () => one(db, search)),
        () => searchExperiments(db, search, ['active']),
        () => searchRuns(db, search, ['0'], ['active']),
      ];
      for (const one of all) {
        try {
          one();
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }
    }),
    rounds(5000),
  );
  expect(db.one('SELECT count(*) AS n FROM versions')).toEqual({ n: 1 });
});
