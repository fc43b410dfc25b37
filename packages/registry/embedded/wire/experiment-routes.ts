import { searchExperiments } from '../search/experiments.ts';
import {
  createExperiment,
  deleteExperiment,
  experimentNamed,
  experimentOf,
  renameExperiment,
  restoreExperiment,
  tagExperiment,
  untagExperiment,
} from '../store/experiments.ts';
import { integer, list, text } from './fields.ts';
import { tag, tagOf } from './model-routes.ts';
import { lifecyclesOf, pageShape, sizeOf, viewType } from './pages.ts';
import { type Route, reading, writing } from './route.ts';
import { experimentShape } from './shapes.ts';

const LARGEST_PAGE = 50_000;

const PREFIX = 'experiments/';

export const EXPERIMENT_ROUTES: readonly Route[] = [
  writing('POST', `${PREFIX}create`, {
    fields: { name: text, artifact_location: text, tags: list(tag) },
    required: ['name'],
    answer: (db, { name, artifact_location: location = '', tags = [] }) => ({
      experiment_id: String(createExperiment(db, name, location, tags.map(tagOf))),
    }),
  }),
  reading('GET', `${PREFIX}get`, {
    fields: { experiment_id: text },
    required: ['experiment_id'],
    answer: (db, { experiment_id: id }) => ({
      experiment: experimentShape(db, experimentOf(db, id)),
    }),
  }),
  reading('GET', `${PREFIX}get-by-name`, {
    fields: { experiment_name: text },
    required: ['experiment_name'],
    answer: (db, { experiment_name: name }) => ({
      experiment: experimentShape(db, experimentNamed(db, name)),
    }),
  }),
  reading(['POST', 'GET'], `${PREFIX}search`, {
    fields: {
      view_type: viewType,
      max_results: integer,
      filter: text,
      order_by: list(text),
      page_token: text,
    },
    required: [],
    answer: (db, { view_type, max_results = 0, filter = '', order_by, page_token: token }) => {
      const size = sizeOf(max_results, LARGEST_PAGE);
      const search = { filter, size, orderBy: order_by ?? [], token };
      const page = searchExperiments(db, search, lifecyclesOf(view_type));
      return pageShape('experiments', page, (row) => experimentShape(db, row));
    },
  }),
  writing('POST', `${PREFIX}update`, {
    fields: { experiment_id: text, new_name: text },
    required: ['experiment_id', 'new_name'],
    answer: (db, { experiment_id: id, new_name: name }) => {
      renameExperiment(db, id, name);
      return {};
    },
  }),
  writing('POST', `${PREFIX}delete`, {
    fields: { experiment_id: text },
    required: ['experiment_id'],
    answer: (db, { experiment_id: id }) => {
      deleteExperiment(db, id);
      return {};
    },
  }),
  writing('POST', `${PREFIX}restore`, {
    fields: { experiment_id: text },
    required: ['experiment_id'],
    answer: (db, { experiment_id: id }) => {
      restoreExperiment(db, id);
      return {};
    },
  }),
  writing('POST', `${PREFIX}set-experiment-tag`, {
    fields: { experiment_id: text, key: text, value: text },
    required: ['experiment_id', 'key'],
    answer: (db, { experiment_id: id, key, value = '' }) => {
      tagExperiment(db, id, { key, value });
      return {};
    },
  }),
  writing('POST', `${PREFIX}delete-experiment-tag`, {
    fields: { experiment_id: text, key: text },
    required: ['experiment_id', 'key'],
    answer: (db, { experiment_id: id, key }) => {
      untagExperiment(db, id, key);
      return {};
    },
  }),
];
