import { quotable } from '@passmuster/core/quote.ts';
import { isUnsupported, RegistryError } from '@passmuster/core/registry/error.ts';
import type { Call, Feature, Registry } from '@passmuster/core/registry/registry.ts';
import type { Ask, Transport } from '../http/transport.ts';
import { servesFiles } from './artifacts.ts';
import { boundsOf } from './bounds.ts';
import { isMissing, isRefused } from './errors.ts';

const API = '/api/2.0/mlflow';
/** Nothing that a person would name so. */
const NOBODY = 'passmuster-probe';

interface Transports {
  readonly registry: Transport;
  readonly tracking: Transport;
}

type Question = (model: string, bounds: () => Call | undefined) => Promise<boolean>;

/** Questions that change nothing; what came out is remembered, what failed is asked again. */
export function featureMethods(transports: Transports): Pick<Registry, 'has'> {
  const questions = questionsTo(transports);
  const known = new Map<Feature, boolean>();
  return {
    async has(feature, model, call) {
      const before = known.get(feature);
      if (before !== undefined) return before;
      const answer = await questions[feature](model, boundsOf(call));
      known.set(feature, answer);
      return answer;
    },
  };
}

function questionsTo({ registry, tracking }: Transports): Record<Feature, Question> {
  return {
    aliases: (model, bounds) => hasAliases(registry, model, bounds),
    stages: (_, bounds) =>
      hasChange(registry, '/model-versions/transition-stage', 'has stages', bounds),
    tags: (_, bounds) => hasChange(registry, '/model-versions/set-tag', 'has tags', bounds),
    'version-search': (_, bounds) => {
      const query = [
        ['filter', `name = '${NOBODY}'`],
        ['max_results', '1'],
      ] as const;
      return hasPlace(registry, '/model-versions/search', query, 'can list versions', bounds());
    },
    'logged-models': (_, bounds) => {
      const path = `/logged-models/m-${'0'.repeat(32)}`;
      return hasPlace(tracking, path, [], 'has logged models', bounds());
    },
    artifacts: (_, bounds) => servesFiles(tracking, bounds()),
  };
}

const bounded = (call: Call | undefined): { call?: Call } => (call ? { call } : {});

/** Any answer but "no such place" will do, also that there is no such thing. */
async function probe(transport: Transport, ask: Ask): Promise<RegistryError | undefined> {
  try {
    await transport.send(ask);
    return undefined;
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    if (isUnsupported(error) || isMissing(error) || isRefused(error)) return error;
    throw error;
  }
}

const lacks = (error: RegistryError | undefined): boolean => isUnsupported(error);

async function hasPlace(
  transport: Transport,
  path: string,
  query: readonly (readonly [string, string])[],
  what: string,
  call: Call | undefined,
): Promise<boolean> {
  const ask = { method: 'GET', path: API + path, query, repeatable: true } as const;
  const error = await probe(transport, { ...ask, what: asking(what), ...bounded(call) });
  return !lacks(error);
}

const asking = (what: string): string => `ask whether the registry ${what}`;

/**
 * Whether there is a place to send changes to. MLflow answers 405 to a GET there. Others say 404 to
 * both the wrong method and the wrong place: they get a change that names nothing, so it can do nothing.
 */
async function hasChange(
  transport: Transport,
  path: string,
  what: string,
  bounds: () => Call | undefined,
): Promise<boolean> {
  const ask = { path: API + path, what: asking(what), repeatable: true } as const;
  const error = await probe(transport, { ...ask, method: 'GET', ...bounded(bounds()) });
  if (!lacks(error) || error?.failure.status === 405) return true;
  const empty = { ...ask, method: 'POST', json: {}, ...bounded(bounds()) } as const;
  return !lacks(await probe(transport, empty));
}

/**
 * MLflow finds an unknown alias of a known model "invalid". GitLab says "missing", for it reads aliases
 * but sets none, and so does MLflow when it does not know the model: then the place is looked for.
 */
async function hasAliases(
  transport: Transport,
  model: string,
  bounds: () => Call | undefined,
): Promise<boolean> {
  const path = '/registered-models/alias';
  const query = [
    ['name', model],
    ['alias', NOBODY],
  ] as const;
  const what = `ask whether model "${quotable(model)}" can have aliases`;
  const ask = { method: 'GET', path: API + path, query, repeatable: true, what } as const;
  const error = await probe(transport, { ...ask, ...bounded(bounds()) });
  if (lacks(error)) return false;
  if (error?.failure.code === 'INVALID_PARAMETER_VALUE') return true;
  const empty = { method: 'POST', path: API + path, json: {}, repeatable: true, what } as const;
  return !lacks(await probe(transport, { ...empty, ...bounded(bounds()) }));
}
