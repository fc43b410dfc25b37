import { InputError } from '../errors.ts';
import type {
  Artifacts,
  Call,
  Feature,
  Models,
  Registry,
  Runs,
  Versions,
} from '../registry/registry.ts';
import { isLedger } from './name.ts';
import {
  changeModel,
  changeVersion,
  createModel,
  createVersion,
  failure,
  findVersion,
  type Store,
  searchVersions,
  tagVersion,
} from './store.fixture.ts';
import {
  aliased,
  deleteVersion,
  latestVersions,
  moveToStage,
  removeAlias,
  setAlias,
  shown,
} from './store-marks.fixture.ts';
import { deleteModel, renameModel, searchModels, tagModel } from './store-models.fixture.ts';
import { createExperiment, createRun, log } from './store-runs.fixture.ts';

/** One call over the network, by what it is called in the notes and fates of a process. */
type Send = <Value>(name: string, effect: () => Value, call?: Call) => Promise<Value>;

const ALIAS = /^(?!latest$|v\d+$)[\p{L}\p{N}_-]{1,255}$/iu;

const ARCHIVING: readonly string[] = ['Staging', 'Production'];

/** As our client: before anything is sent. */
function checkAlias(alias: string): void {
  if (!ALIAS.test(alias)) throw new InputError(`${alias} cannot be an alias.`);
}

/** What is asked of a ledger is called otherwise than what is asked of a model. */
const asked = (name: string, call: string): string => (isLedger(name) ? call : `${call} ${name}`);

const models = (store: Store, send: Send): Models => ({
  model: (name, call) => send(asked(name, 'model'), () => store.models.get(name), call),
  async *models(query, call) {
    yield* await send('models', () => searchModels(store, query), call);
  },
  createModel: (model, call) => send('createModel', () => createModel(store, model), call),
  describeModel: (name, description, call) =>
    send('describeModel', () => changeModel(store, name, { description }), call),
  renameModel: (name, to, call) => send('renameModel', () => renameModel(store, name, to), call),
  deleteModel: (name, call) => send('deleteModel', () => deleteModel(store, name), call),
  tagModel: (name, key, value, call) =>
    send('tagModel', () => tagModel(store, name, key, value), call),
  untagModel: (name, key, call) =>
    send('untagModel', () => tagModel(store, name, key, undefined), call),
  async setAlias(name, alias, number, call) {
    checkAlias(alias);
    await send('setAlias', () => setAlias(store, name, alias, number), call);
  },
  removeAlias: (name, alias, call) =>
    send('removeAlias', () => removeAlias(store, name, alias), call),
  aliased: (name, alias, call) => send('aliased', () => aliased(store, name, alias), call),
  latestVersions: (name, stages, call) =>
    send('latestVersions', () => latestVersions(store, name, stages), call),
});

const versions = (store: Store, send: Send): Versions => ({
  version: (model, number, call) =>
    send(
      'version',
      () => {
        const version = findVersion(store, model, number);
        return version && shown(store, version);
      },
      call,
    ),
  async *versions(query, call) {
    const name = asked(query.model ?? '', 'versions');
    yield* await send(name, () => searchVersions(store, query), call);
  },
  createVersion: (version, call) =>
    send('createVersion', () => createVersion(store, version), call),
  async describeVersion(model, number, description, call) {
    const change = () => changeVersion(store, model, number, () => ({ description }));
    await send('describeVersion', change, call);
  },
  deleteVersion: (model, number, call) =>
    send('deleteVersion', () => deleteVersion(store, model, number), call),
  tagVersion: (model, number, key, value, call) =>
    send(`tag ${key}`, () => tagVersion(store, model, number, key, value), call),
  async untagVersion(model, number, key, call) {
    const change = () =>
      changeVersion(store, model, number, ({ tags }) => ({
        tags: new Map([...tags].filter(([one]) => one !== key)),
      }));
    await send(`untag ${key}`, change, call);
  },
  async moveToStage(model, number, stage, archiveOthers, call) {
    if (archiveOthers && !ARCHIVING.includes(stage)) {
      throw new InputError(`Nobody is archived in ${stage}.`);
    }
    const move = () => moveToStage(store, model, number, stage, archiveOthers);
    return send('moveToStage', move, call);
  },
  downloadUri: (model, number, call) =>
    send(
      'downloadUri',
      () => {
        const version = findVersion(store, model, number);
        if (version === undefined) throw failure('missing');
        return String(version.more['files']);
      },
      call,
    ),
});

const unthought = (): never => {
  throw new TypeError('the double has no such call');
};

/** As much as evidence is read from. */
const runs = (store: Store, send: Send): Runs => ({
  run: (id, call) => send('run', () => store.runs.get(id), call),
  createRun: (run, call) => send('createRun', () => createRun(store, run), call),
  log: (id, logged, call) => send('log', () => log(store, id, logged), call),
  createExperiment: (name, call) =>
    send('createExperiment', () => createExperiment(store, name), call),
  loggedModel: (_, call) =>
    send(
      'loggedModel',
      () => {
        throw failure('unsupported');
      },
      call,
    ),
  runs: unthought,
  updateRun: unthought,
  logDatasets: unthought,
  metricHistory: unthought,
  experiment: unthought,
  experimentNamed: unthought,
  experiments: unthought,
});

const artifacts = (store: Store, send: Send): Artifacts => ({
  readArtifact: (uri, maxBytes, call) =>
    send(
      'readArtifact',
      () => {
        const bytes = store.files.get(uri);
        if (bytes !== undefined && bytes.length > maxBytes) throw failure('refused');
        return bytes;
      },
      call,
    ),
  writeArtifact: (uri, content, call) =>
    send('writeArtifact', () => void store.files.set(uri, content), call),
});

/** The port on a store that several processes share; each call of it is one call over the network. */
export const simulatedRegistry = (
  store: Store,
  send: Send,
  has: (feature: Feature) => boolean,
  now: () => number | undefined,
): Registry => ({
  address: 'https://double.example',
  has: (feature, _, call) => send(`has ${feature}`, () => has(feature), call),
  now,
  close: async () => {},
  ...models(store, send),
  ...versions(store, send),
  ...runs(store, send),
  ...artifacts(store, send),
});
