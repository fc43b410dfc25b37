import { searchModels } from '../search/models.ts';
import { aliased, removeAlias, setAlias } from '../store/aliases.ts';
import {
  createModel,
  deleteModel,
  describeModel,
  modelNamed,
  renameModel,
  tagModel,
  untagModel,
} from '../store/models.ts';
import { stageOf } from '../store/stages.ts';
import { integer, list, message, text } from './fields.ts';
import { pageShape, sizeOf } from './pages.ts';
import { type Route, reading, writing } from './route.ts';
import { latestVersions, modelShape, versionWithAliases } from './shapes.ts';

const LARGEST_PAGE = 1000;
const PAGE = 100;

export const tag = message({ key: text, value: text });

export interface SentTag {
  readonly key: string | undefined;
  readonly value: string | undefined;
}

/** What is absent is empty. */
export const tagOf = ({ key = '', value = '' }: SentTag) => ({ key, value });

const PREFIX = 'registered-models/';

const models: readonly Route[] = [
  writing('POST', `${PREFIX}create`, {
    fields: { name: text, tags: list(tag), description: text, deployment_job_id: text },
    required: ['name'],
    answer: (db, { name, tags = [], description = '' }) => {
      const row = createModel(db, { name, description, tags: tags.map(tagOf) });
      return { registered_model: modelShape(db, row) };
    },
  }),
  reading('GET', `${PREFIX}get`, {
    fields: { name: text },
    required: ['name'],
    answer: (db, { name }) => ({ registered_model: modelShape(db, modelNamed(db, name)) }),
  }),
  reading('GET', `${PREFIX}search`, {
    fields: { filter: text, max_results: integer, order_by: list(text), page_token: text },
    required: [],
    answer: (
      db,
      { filter = '', max_results = PAGE, order_by: orderBy = [], page_token: token },
    ) => {
      const size = sizeOf(max_results, LARGEST_PAGE);
      const page = searchModels(db, { filter, size, orderBy, token });
      return pageShape('registered_models', page, (row) => modelShape(db, row));
    },
  }),
  writing('PATCH', `${PREFIX}update`, {
    fields: { name: text, description: text },
    required: ['name'],
    answer: (db, { name, description = '' }) => ({
      registered_model: modelShape(db, describeModel(db, name, description)),
    }),
  }),
  writing('POST', `${PREFIX}rename`, {
    fields: { name: text, new_name: text },
    required: ['name', 'new_name'],
    answer: (db, { name, new_name }) => ({
      registered_model: modelShape(db, renameModel(db, name, new_name)),
    }),
  }),
  writing('DELETE', `${PREFIX}delete`, {
    fields: { name: text },
    required: ['name'],
    answer: (db, { name }) => {
      deleteModel(db, name);
      return {};
    },
  }),
  reading(['POST', 'GET'], `${PREFIX}get-latest-versions`, {
    fields: { name: text, stages: list(text) },
    required: ['name'],
    answer: (db, { name, stages = [] }) => {
      const { id } = modelNamed(db, name);
      const wanted = stages.map(stageOf);
      const rows = latestVersions(db, id).filter(
        ({ stage }) => wanted.length === 0 || wanted.some((one) => one === stage),
      );
      if (rows.length === 0) return {};
      return { model_versions: rows.map((row) => versionWithAliases(db, row)) };
    },
  }),
  writing('POST', `${PREFIX}set-tag`, {
    fields: { name: text, key: text, value: text },
    required: ['name', 'key'],
    answer: (db, { name, key, value = '' }) => {
      tagModel(db, name, { key, value });
      return {};
    },
  }),
  writing('DELETE', `${PREFIX}delete-tag`, {
    fields: { name: text, key: text },
    required: ['name', 'key'],
    answer: (db, { name, key }) => {
      untagModel(db, name, key);
      return {};
    },
  }),
];

const aliases: readonly Route[] = [
  writing('POST', `${PREFIX}alias`, {
    fields: { name: text, alias: text, version: text },
    required: ['name', 'alias', 'version'],
    answer: (db, { name, alias, version }) => {
      setAlias(db, name, alias, version);
      return {};
    },
  }),
  reading('GET', `${PREFIX}alias`, {
    fields: { name: text, alias: text },
    required: ['name', 'alias'],
    answer: (db, { name, alias }) => ({
      model_version: versionWithAliases(db, aliased(db, name, alias)),
    }),
  }),
  writing('DELETE', `${PREFIX}alias`, {
    fields: { name: text, alias: text },
    required: ['name', 'alias'],
    answer: (db, { name, alias }) => {
      removeAlias(db, name, alias);
      return {};
    },
  }),
];

export const MODEL_ROUTES: readonly Route[] = [...models, ...aliases];
