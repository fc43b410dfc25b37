import { randomBytes } from 'node:crypto';
import { knownFields } from '../checks/known-fields.ts';
import { wrongType } from '../checks/types.ts';
import { type Draft, type Item, isFields } from '../objects.ts';
import { jsonPatched } from '../patches/json-patch.ts';
import { mergePatched } from '../patches/merge-patch.ts';
import { apiVersionOf, NAMESPACES, type Resource } from '../resources.ts';
import { created, updated } from '../store/writes.ts';
import { type Answer, type Call, ok, warningHeader } from './call.ts';
import { jsonProblem } from './json-problem.ts';
import { existing } from './reads.ts';
import {
  alreadyExists,
  badRequest,
  conflict,
  StatusError as Failure,
  invalid,
  invalidValue,
  notFound,
  type StatusError,
  unreadableVersion,
  unsupportedMedia,
} from './status.ts';
import { type WriteOptions, writeOptions } from './write-options.ts';

const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const PATCHES = [JSON_PATCH, MERGE_PATCH, STRATEGIC];

function parsed(body: string, say: (why: string) => string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw badRequest(say(jsonProblem(body, error)));
  }
}

const inPatchText = (why: string): string => `error decoding patch: ${why}`;

const inBodyText =
  ({ resource, body }: Call) =>
  (why: string) =>
    `the object provided is unrecognized (must be of type ${resource.kind}): couldn't get version/kind; json parse error: ${why} (${body.slice(0, 100)})`;

type Unreadable = (object: unknown, why: string) => StatusError;

/** The object that was meant, without what the server does not know. */
function understood(
  object: unknown,
  { kind }: Resource,
  { strict, warns }: WriteOptions,
  unreadable: Unreadable,
): { draft: Draft; warnings: readonly string[] } {
  const raw = isFields(object) ? { ...object, kind, metadata: object['metadata'] ?? {} } : { kind };
  const wrong = isFields(object) ? wrongType(raw) : `json: cannot unmarshal into ${kind}`;
  if (wrong !== undefined) throw unreadable(object, wrong);
  const { object: draft, unknown } = knownFields(raw);
  if (strict && unknown.length > 0) {
    throw unreadable(object, `strict decoding error: ${unknown.join(', ')}`);
  }
  return { draft: withoutNulls(draft as Draft), warnings: warns ? unknown : [] };
}

/** A text that is null is an empty one. */
function withoutNulls(draft: Draft): Draft {
  const { data } = draft;
  if (draft.kind !== 'ConfigMap' || !isFields(data)) return draft;
  const texts = Object.entries(data).map(([key, text]) => [key, text ?? '']);
  return { ...draft, data: Object.fromEntries(texts) };
}

/** The server says the whole object along with what is wrong with it. */
const inPatch: Unreadable = (object, why) =>
  invalid({ kind: '', group: '' }, '', [invalidValue('patch', JSON.stringify(object), why)]);

const inBody =
  (resource: Resource): Unreadable =>
  (_, why) =>
    badRequest(
      `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: ${why}`,
    );

/** An empty version, or 0, compares with nothing. */
function checkVersion(resource: Resource, before: Item, draft: Draft): void {
  const asked = draft.metadata.resourceVersion ?? '';
  if (asked === '' || asked === '0') return;
  if (!/^\d+$/.test(asked)) {
    throw unreadableVersion(asked, '');
  }
  if (asked !== before.metadata.resourceVersion) {
    throw conflict(resource, before.metadata.name);
  }
}

function checkPlace({ address, resource }: Call, { metadata }: Draft): void {
  if (metadata.name !== undefined && metadata.name !== address.name) {
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${address.name})`,
    );
  }
  if (resource.namespaced && (metadata.namespace ?? address.namespace) !== address.namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
}

function replaced(
  call: Call,
  before: Item,
  object: unknown,
  options: WriteOptions,
  unreadable: Unreadable,
): Answer {
  const { store, resource, address } = call;
  const { draft, warnings } = understood(object, resource, options, unreadable);
  checkPlace(call, draft);
  checkVersion(resource, before, draft);
  const { subresource } = address;
  const writing = { ...options, ...(subresource !== '' && { subresource }) };
  return ok(updated(store, resource, before, draft, writing), warnings);
}

export function patch(call: Call): Answer {
  const type = call.type.split(';')[0]?.trim() ?? '';
  if (!PATCHES.includes(type)) throw unsupportedMedia();
  const options = writeOptions('PatchOptions', call.query, call.agent);
  const wanted = parsed(call.body, inPatchText);
  const before = existing(call);
  if (type === JSON_PATCH) {
    return replaced(call, before, jsonPatched(before, wanted), options, inPatch);
  }
  if (!isFields(wanted)) {
    const found = Array.isArray(wanted) ? 'array' : typeof wanted;
    throw badRequest(
      inPatchText(`json: cannot unmarshal ${found} into Go value of type map[string]interface {}`),
    );
  }
  return replaced(call, before, mergePatched(before, wanted), options, inPatch);
}

export function replace(call: Call): Answer {
  const options = writeOptions('UpdateOptions', call.query, call.agent);
  return replaced(
    call,
    existing(call),
    parsed(call.body, inBodyText(call)),
    options,
    inBody(call.resource),
  );
}

function named(draft: Draft): Draft {
  const { name, generateName } = draft.metadata;
  if (name || !generateName) return draft;
  const tail = randomBytes(5).map((byte) => 97 + (byte % 26));
  const full = `${generateName}${Buffer.from(tail).toString('latin1')}`;
  return { ...draft, metadata: { ...draft.metadata, name: full } };
}

function checkNew({ resource, address, store }: Call, object: unknown, draft: Draft): string {
  const kind = isFields(object) ? object['kind'] : undefined;
  const version = isFields(object) ? object['apiVersion'] : undefined;
  if ((kind ?? resource.kind) !== resource.kind) {
    throw badRequest(
      `${String(kind)} in version "${String(version)}" cannot be handled as a ${resource.kind}: converting (v1.${String(kind)}) to (core.${resource.kind}): unknown conversion`,
    );
  }
  const { name = '', namespace } = draft.metadata;
  if (namespace !== undefined && resource.namespaced && namespace !== address.namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (name === '') {
    throw invalid(resource, '', [
      {
        reason: 'FieldValueRequired',
        message: 'Required value: name or generateName is required',
        field: 'metadata.name',
      },
    ]);
  }
  if (draft.metadata.resourceVersion) {
    throw new Failure(500, '', 'resourceVersion should not be set on objects to be created');
  }
  if (resource.namespaced && !store.get(NAMESPACES, '', address.namespace)) {
    throw notFound(NAMESPACES, address.namespace);
  }
  if (store.get(resource, resource.namespaced ? address.namespace : '', name)) {
    throw alreadyExists(resource, name);
  }
  return name;
}

export function create(call: Call): Answer {
  const { store, resource, address, query, agent, body } = call;
  const options = writeOptions('CreateOptions', query, agent);
  const object = parsed(body, inBodyText(call));
  const { draft: raw, warnings } = understood(object, resource, options, inBody(resource));
  const draft = named(raw);
  checkNew(call, object, draft);
  const { namespace } = address;
  const placed = resource.namespaced
    ? { ...draft, metadata: { ...draft.metadata, namespace } }
    : draft;
  const item = created(store, resource, { ...placed, apiVersion: apiVersionOf(resource) }, options);
  const headers = warnings.length > 0 ? { headers: warningHeader(warnings) } : {};
  return { status: 201, body: item, ...headers };
}
