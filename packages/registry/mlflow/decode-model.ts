import type { ModelVersion, RegisteredModel } from '@passmuster/core/registry/entities.ts';
import {
  type Fields,
  integer,
  list,
  more,
  pairs,
  requiredFields,
  requiredId,
  requiredText,
  text,
} from './fields.ts';

const MODEL = new Set([
  'name',
  'creation_timestamp',
  'last_updated_timestamp',
  'description',
  'tags',
  'aliases',
]);

export const modelOf = (at: Fields): RegisteredModel => ({
  name: requiredText(at, 'name'),
  created: integer(at, 'creation_timestamp'),
  updated: integer(at, 'last_updated_timestamp'),
  description: text(at, 'description'),
  tags: pairs(at, 'tags'),
  aliases: aliasesOf(at),
  more: more(at, MODEL),
});

export const readModel = (body: Fields): RegisteredModel =>
  modelOf(requiredFields(body, 'registered_model'));

function aliasesOf(at: Fields): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const one of list(at, 'aliases')) {
    aliases.set(requiredText(one, 'alias'), requiredId(one, 'version'));
  }
  return aliases;
}

const VERSION = new Set([
  'name',
  'version',
  'creation_timestamp',
  'last_updated_timestamp',
  'current_stage',
  'description',
  'source',
  'run_id',
  'status',
  'status_message',
  'tags',
]);

/** Its aliases, which some servers send as texts and others as maps, stay in `more`. */
export const versionOf = (at: Fields): ModelVersion => ({
  model: requiredText(at, 'name'),
  number: requiredId(at, 'version'),
  created: integer(at, 'creation_timestamp'),
  updated: integer(at, 'last_updated_timestamp'),
  stage: text(at, 'current_stage'),
  description: text(at, 'description'),
  source: text(at, 'source'),
  runId: text(at, 'run_id'),
  status: text(at, 'status'),
  statusMessage: text(at, 'status_message'),
  tags: pairs(at, 'tags'),
  more: more(at, VERSION),
});

export const readVersion = (body: Fields): ModelVersion =>
  versionOf(requiredFields(body, 'model_version'));
