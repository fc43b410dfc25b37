import type { ModelVersion, RegisteredModel } from '../registry/entities.ts';
import { RegistryError } from '../registry/error.ts';
import type { Feature, ModelQuery, VersionQuery } from '../registry/registry.ts';
import { VERSION_TAG } from './identifier.ts';
import type { Looked, Sealed } from './look-up.ts';

/** A version as a test writes it: `name` is its identifier. */
export interface Written {
  readonly number: string;
  readonly name?: string;
  readonly stage?: string;
  readonly run?: string;
  /** `agrees` unless said otherwise. */
  readonly sealed?: Sealed;
}

export interface Script {
  readonly versions?: readonly Written[];
  readonly aliases?: Readonly<Record<string, string>>;
  readonly models?: readonly string[];
  readonly lacks?: readonly Feature[];
  /** Takes every filter and heeds none. */
  readonly heedless?: boolean;
  /** Throws at this call. */
  readonly fails?: { readonly call: string; readonly error: Error };
}

export const MODEL = 'gpt-custom';

/** Some versions, under names, in stages, of runs; an alias whose version is gone. */
export const SOME: Script = {
  versions: [
    { number: '1', name: 'v1.0.0', stage: 'Archived', run: 'r1' },
    { number: '2', name: 'v1.1.0', stage: 'Staging', run: 'r2' },
    { number: '9', name: 'abc123f', stage: 'Production', run: 'r3' },
    { number: '10', name: 'v2.0.0', run: 'r4' },
  ],
  aliases: { champion: '9', candidate: '10', gone: '5' },
};

export const versionOf = ({ number, name, stage = 'None', run = '' }: Written): ModelVersion => ({
  model: MODEL,
  number,
  created: 0,
  updated: 0,
  stage,
  description: '',
  source: 's3://b/m',
  runId: run,
  status: 'READY',
  statusMessage: '',
  tags: new Map(name === undefined ? [] : [[VERSION_TAG, name]]),
  more: {},
});

const modelOf = (name: string, aliases: Readonly<Record<string, string>>): RegisteredModel => ({
  name,
  created: 0,
  updated: 0,
  description: '',
  tags: new Map(),
  aliases: new Map(Object.entries(aliases)),
  more: {},
});

const unsupported = (): RegistryError =>
  new RegistryError({ reason: 'unsupported', effect: 'none' }, { message: 'no such thing' });

/** A registry that answers from a script, in the order of the versions written, and notes each request. */
export function looked(script: Script): { looked: Looked; requests: string[] } {
  const { versions = [], aliases = {}, models = [MODEL], lacks = [], heedless, fails } = script;
  const requests: string[] = [];
  const all = versions.map(versionOf);

  function request(call: string, ...needs: Feature[]): void {
    requests.push(call);
    if (fails?.call === call) throw fails.error;
    if (needs.some((feature) => lacks.includes(feature))) throw unsupported();
  }

  async function* list({ tags, runId, order, most }: VersionQuery) {
    const by = tags ? [...tags].join() : runId ? `run=${runId}` : '';
    request(
      `versions ${[by, order, most].filter(Boolean).join(' ')}`.trim(),
      'version-search',
      ...(tags ? (['tags'] as const) : []),
    );
    const found = all.filter(
      (version) =>
        heedless ||
        ([...(tags ?? [])].every(([key, value]) => version.tags.get(key) === value) &&
          (runId === undefined || version.runId === runId)),
    );
    yield* order === 'newest' ? found.toReversed().slice(0, most) : found;
  }

  async function* listModels({ most }: ModelQuery) {
    request('models');
    yield* models.slice(0, most).map((name) => modelOf(name, {}));
  }

  const registry: Looked['registry'] = {
    address: 'https://mlflow.example.com',
    versions: list,
    models: listModels,
    async has(feature) {
      requests.push(`has ${feature}`);
      return !lacks.includes(feature);
    },
    async model(name) {
      request('model');
      return models.includes(name) ? modelOf(name, aliases) : undefined;
    },
    async version(_, number) {
      request(`version ${number}`);
      return all.find((version) => version.number === number);
    },
    async aliased(_, alias) {
      request(`alias ${alias}`, 'aliases');
      return all.find(({ number }) => number === aliases[alias]);
    },
  };
  const sealedAs = async ({ number }: ModelVersion): Promise<Sealed> =>
    versions.find((version) => version.number === number)?.sealed ?? 'agrees';
  return { looked: { registry, model: MODEL, sealedAs }, requests };
}
