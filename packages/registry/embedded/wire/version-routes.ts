import { versionNumber } from '../checks/names.ts';
import { unsupported } from '../refusal.ts';
import { searchVersions } from '../search/versions.ts';
import { lineageOf } from '../store/lineage.ts';
import { tagVersion, untagVersion } from '../store/version-tags.ts';
import {
  createVersion,
  deleteVersion,
  describeVersion,
  moveToStage,
  versionOf,
} from '../store/versions.ts';
import { flag, integer, list, text } from './fields.ts';
import { tag, tagOf } from './model-routes.ts';
import { pageShape, sizeOf } from './pages.ts';
import { type Route, reading, writing } from './route.ts';
import { versionShape, versionWithAliases } from './shapes.ts';

const LARGEST_PAGE = 200_000;

const PREFIX = 'model-versions/';

export const VERSION_ROUTES: readonly Route[] = [
  writing('POST', `${PREFIX}create`, {
    fields: {
      name: text,
      source: text,
      run_id: text,
      tags: list(tag),
      run_link: text,
      description: text,
      model_id: text,
    },
    required: ['name', 'source'],
    answer: (db, { name, source, run_id, tags = [], run_link, description, model_id }) => {
      if (model_id) throw unsupported('logged models (model_id)');
      const row = createVersion(db, {
        ...lineageOf(db, source, run_id),
        name,
        runLink: run_link ?? '',
        description: description ?? '',
        tags: tags.map(tagOf),
      });
      return { model_version: versionWithAliases(db, row) };
    },
  }),
  reading('GET', `${PREFIX}get`, {
    fields: { name: text, version: text },
    required: ['name', 'version'],
    answer: (db, { name, version }) => ({
      model_version: versionWithAliases(db, versionOf(db, name, versionNumber(version))),
    }),
  }),
  reading('GET', `${PREFIX}search`, {
    fields: { filter: text, max_results: integer, order_by: list(text), page_token: text },
    required: [],
    answer: (db, { filter = '', max_results, order_by: orderBy = [], page_token: token }) => {
      const size = sizeOf(max_results ?? LARGEST_PAGE, LARGEST_PAGE);
      const page = searchVersions(db, { filter, size, orderBy, token });
      return pageShape('model_versions', page, (row) => versionShape(db, row));
    },
  }),
  writing('PATCH', `${PREFIX}update`, {
    fields: { name: text, version: text, description: text },
    required: ['name', 'version'],
    answer: (db, { name, version, description }) => {
      const row = describeVersion(db, name, versionNumber(version), description);
      return { model_version: versionWithAliases(db, row) };
    },
  }),
  writing('DELETE', `${PREFIX}delete`, {
    fields: { name: text, version: text },
    required: ['name', 'version'],
    answer: (db, { name, version }) => {
      deleteVersion(db, name, versionNumber(version));
      return {};
    },
  }),
  writing('POST', `${PREFIX}transition-stage`, {
    fields: { name: text, version: text, stage: text, archive_existing_versions: flag },
    required: ['name', 'version', 'stage'],
    answer: (db, { name, version, stage, archive_existing_versions: archive = false }) => {
      const row = moveToStage(db, name, versionNumber(version), stage, archive);
      return { model_version: versionWithAliases(db, row) };
    },
  }),
  reading('GET', `${PREFIX}get-download-uri`, {
    fields: { name: text, version: text },
    required: [],
    answer: (db, { name = '', version = '' }) => ({
      artifact_uri: versionOf(db, name, versionNumber(version)).storage,
    }),
  }),
  writing('POST', `${PREFIX}set-tag`, {
    fields: { name: text, version: text, key: text, value: text },
    required: ['name', 'version', 'key'],
    answer: (db, { name, version, key, value = '' }) => {
      tagVersion(db, name, versionNumber(version), { key, value });
      return {};
    },
  }),
  writing('DELETE', `${PREFIX}delete-tag`, {
    fields: { name: text, version: text, key: text },
    required: ['name', 'version', 'key'],
    answer: (db, { name, version, key }) => {
      untagVersion(db, name, versionNumber(version), key);
      return {};
    },
  }),
];
