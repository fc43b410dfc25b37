import { quotable } from '@passmuster/core/quote.ts';
import type { Call, Models, Versions } from '@passmuster/core/registry/registry.ts';
import { byNumber, isCounted } from '@passmuster/core/versions/registry-number.ts';
import { boundsOf } from './bounds.ts';
import { readVersion } from './decode-model.ts';
import { isInvalid, needs, unlessMissing } from './errors.ts';
import { requiredText } from './fields.ts';
import { keyed } from './json.ts';
import { checkArchiving } from './names.ts';
import { searchVersions } from './version-search.ts';
import { nothing, type Wire } from './wire.ts';

const named = (model: string, number: string): string =>
  `version ${quotable(number)} of model "${quotable(model)}"`;

const fieldsOf = (model: string, number: string) =>
  [
    ['name', model],
    ['version', number],
  ] as const;

export function versionMethods(wire: Wire, models: Models): Versions {
  const { address } = wire.transport;
  return {
    version(model, number, call) {
      const about = { what: `read ${named(model, number)}`, call };
      const fields = fieldsOf(model, number);
      const asked = wire.get('/model-versions/get', fields, readVersion, about);
      // MLflow has no other numbers, and finds the question itself at fault.
      return unlessMissing(asked, (error) => isInvalid(error) && !isCounted(number));
    },

    versions: (query, call) => searchVersions(wire, query, call),

    createVersion({ model, source, runId, modelId, description, tags }, call) {
      const json = {
        name: model,
        source,
        ...(runId !== undefined && { run_id: runId }),
        ...(modelId !== undefined && { model_id: modelId }),
        ...(description !== undefined && { description }),
        ...(tags && { tags: keyed(tags) }),
      };
      return wire.change(
        { method: 'POST', path: '/model-versions/create', json, repeatable: false },
        readVersion,
        { what: `create a version of model "${quotable(model)}"`, call },
      );
    },

    describeVersion(model, number, description, call) {
      const json = { name: model, version: number, description };
      return wire.change(
        { method: 'PATCH', path: '/model-versions/update', json, repeatable: true },
        nothing,
        { what: `describe ${named(model, number)}`, call },
      );
    },

    deleteVersion: (model, number, call) => deleteVersion(wire, models, model, number, call),

    tagVersion(model, number, key, value, call) {
      const json = { name: model, version: number, key, value };
      const what = `set the tag "${quotable(key)}" of ${named(model, number)}`;
      const change = { method: 'POST', path: '/model-versions/set-tag', json } as const;
      const asked = wire.change({ ...change, repeatable: true }, nothing, { what, call });
      return needs('tags', address, what, asked);
    },

    untagVersion(model, number, key, call) {
      const json = { name: model, version: number, key };
      const what = `delete the tag "${quotable(key)}" of ${named(model, number)}`;
      const change = { method: 'DELETE', path: '/model-versions/delete-tag', json } as const;
      const asked = wire.change({ ...change, repeatable: true }, nothing, { what, call });
      return needs('tags', address, what, asked);
    },

    async moveToStage(model, number, stage, archiveOthers, call) {
      if (archiveOthers) checkArchiving(stage);
      const what = `move ${named(model, number)} to the stage ${stage}`;
      const json = {
        name: model,
        version: number,
        stage,
        archive_existing_versions: archiveOthers,
      };
      const change = { method: 'POST', path: '/model-versions/transition-stage', json } as const;
      const asked = wire.change({ ...change, repeatable: true }, readVersion, { what, call });
      return await needs('stages', address, what, asked);
    },

    downloadUri: (model, number, call) =>
      wire.get(
        '/model-versions/get-download-uri',
        fieldsOf(model, number),
        (body) => requiredText(body, 'artifact_uri'),
        { what: `ask where the files of ${named(model, number)} are`, call },
      ),
  };
}

/** Its aliases go first: MLflow 2 leaves them behind, standing at nothing. */
async function deleteVersion(
  wire: Wire,
  models: Models,
  model: string,
  number: string,
  call: Call | undefined,
): Promise<void> {
  const bounds = boundsOf(call);
  const known = await models.model(model, bounds());
  for (const [alias, at] of known?.aliases ?? []) {
    if (byNumber(at, number) === 0) await models.removeAlias(model, alias, bounds());
  }
  await wire.change(
    {
      method: 'DELETE',
      path: '/model-versions/delete',
      json: { name: model, version: number },
      repeatable: false,
    },
    nothing,
    { what: `delete ${named(model, number)}`, call: bounds() },
  );
}
