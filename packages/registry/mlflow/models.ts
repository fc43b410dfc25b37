import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion, RegisteredModel, Stage } from '@passmuster/core/registry/entities.ts';
import type { Call, ModelQuery, Models } from '@passmuster/core/registry/registry.ts';
import { byNumber } from '@passmuster/core/versions/registry-number.ts';
import { aliasMethods } from './aliases.ts';
import { boundsOf } from './bounds.ts';
import { modelOf, readModel, versionOf } from './decode-model.ts';
import { isRefused, needs, unlessMissing } from './errors.ts';
import { list } from './fields.ts';
import { hasTags, isLike, modelFilter } from './filters.ts';
import { keyed } from './json.ts';
import { first, type Page, paged, pageOf, tokenQuery } from './pages.ts';
import { nothing, type Wire } from './wire.ts';

/** MLflow's cap. */
const PAGE = 1000;

export function modelMethods(wire: Wire): Models {
  const { address } = wire.transport;
  const named = (name: string): string => `model "${quotable(name)}"`;
  return {
    ...aliasMethods(wire),

    model(name, call) {
      const about = { what: `read ${named(name)}`, call };
      return unlessMissing(wire.get('/registered-models/get', [['name', name]], readModel, about));
    },

    models: (query, call) => searchModels(wire, query, call),

    createModel({ name, description, tags }, call) {
      const json = {
        name,
        ...(description !== undefined && { description }),
        ...(tags && { tags: keyed(tags) }),
      };
      return wire.change(
        { method: 'POST', path: '/registered-models/create', json, repeatable: false },
        readModel,
        { what: `create ${named(name)}`, call },
      );
    },

    describeModel(name, description, call) {
      const json = { name, description };
      return wire.change(
        { method: 'PATCH', path: '/registered-models/update', json, repeatable: true },
        nothing,
        { what: `describe ${named(name)}`, call },
      );
    },

    renameModel(name, to, call) {
      const json = { name, new_name: to };
      return wire.change(
        { method: 'POST', path: '/registered-models/rename', json, repeatable: false },
        nothing,
        { what: `rename ${named(name)} to "${quotable(to)}"`, call },
      );
    },

    deleteModel: (name, call) =>
      wire.change(
        {
          method: 'DELETE',
          path: '/registered-models/delete',
          json: { name },
          repeatable: false,
        },
        nothing,
        { what: `delete ${named(name)}`, call },
      ),

    tagModel(name, key, value, call) {
      const json = { name, key, value };
      const what = `set the tag "${quotable(key)}" of ${named(name)}`;
      const change = { method: 'POST', path: '/registered-models/set-tag', json } as const;
      const asked = wire.change({ ...change, repeatable: true }, nothing, { what, call });
      return needs('tags', address, what, asked);
    },

    untagModel(name, key, call) {
      const json = { name, key };
      const what = `delete the tag "${quotable(key)}" of ${named(name)}`;
      const change = { method: 'DELETE', path: '/registered-models/delete-tag', json } as const;
      const asked = wire.change({ ...change, repeatable: true }, nothing, { what, call });
      return needs('tags', address, what, asked);
    },

    async latestVersions(name, stages, call) {
      const what = `read the latest versions of ${named(name)}`;
      const path = '/registered-models/get-latest-versions';
      const asked = wire.search(
        path,
        { name, ...(stages.length > 0 && { stages }) },
        (body) => list(body, 'model_versions').map(versionOf),
        { what, call },
      );
      const versions = await unlessMissing(needs('stages', address, what, asked));
      return highestOfEach(versions ?? [], stages);
    },
  };
}

/** The highest first. GitLab takes no notice of the stages; others may send several of one. */
function highestOfEach(
  versions: readonly ModelVersion[],
  stages: readonly Stage[],
): ModelVersion[] {
  const wanted: readonly string[] = stages;
  const sorted = versions.toSorted((a, b) => byNumber(b.number, a.number));
  const found = new Map<string, ModelVersion>();
  for (const version of sorted) {
    const isWanted = wanted.length === 0 || wanted.includes(version.stage);
    if (isWanted && !found.has(version.stage)) found.set(version.stage, version);
  }
  return [...found.values()];
}

const readPage = pageOf('registered_models', modelOf);

/** MLflow leaves out what it takes for a prompt: a model with the tag `mlflow.prompt.is_prompt`. */
function searchModels(
  wire: Wire,
  query: ModelQuery,
  call: Call | undefined,
): AsyncIterable<RegisteredModel> {
  const what = 'list models';
  const filter = modelFilter(query);
  const bounds = boundsOf(call);
  let isPlain = false;
  const size = filter.exact ? Math.min(query.most ?? PAGE, PAGE) : PAGE;

  async function ask(token: string): Promise<Page<RegisteredModel>> {
    const fields: [string, string][] = [
      ...(filter.text === '' || isPlain
        ? []
        : [['filter', filter.text] satisfies [string, string]]),
      ['max_results', String(size)],
      ...tokenQuery(token),
    ];
    const about = { what, call: bounds() };
    try {
      return await wire.get('/registered-models/search', fields, readPage, about);
    } catch (error) {
      // Unity Catalog takes no filter.
      if (isPlain || token !== '' || filter.text === '' || !isRefused(error)) throw error;
      isPlain = true;
      return ask(token);
    }
  }

  const models = paged(wire.transport, what, ask, ({ name }) => name);
  const { nameLike, tags } = query;
  return first(
    models,
    query.most,
    (model) =>
      (nameLike === undefined || isLike(model.name, nameLike)) && hasTags(model.tags, tags),
  );
}
