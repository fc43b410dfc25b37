import { type Draft, type Fields, isFields } from '../objects.ts';

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'object' && Object.keys(value).length === 0);

function without(fields: Fields, names: readonly string[]): Fields {
  const kept = Object.entries(fields).filter(
    ([name, value]) => !names.includes(name) || !isEmpty(value),
  );
  return Object.fromEntries(kept);
}

const METADATA = ['labels', 'annotations', 'ownerReferences'];
const CONTAINER = ['command', 'args', 'env', 'envFrom', 'ports', 'volumeMounts'];
const LISTS = ['initContainers', 'volumes', 'imagePullSecrets', 'tolerations', 'nodeSelector'];

function containers(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((one: unknown) => (isFields(one) ? without(one, CONTAINER) : one));
}

function podSpec(raw: unknown): unknown {
  if (!isFields(raw)) return raw;
  const spec: Record<string, unknown> = { ...without(raw, LISTS) };
  for (const name of ['containers', 'initContainers']) {
    if (name in spec) spec[name] = containers(spec[name]);
  }
  return spec;
}

function template(raw: unknown): unknown {
  if (!isFields(raw)) return raw;
  const metadata = isFields(raw['metadata']) ? without(raw['metadata'], METADATA) : {};
  return { ...raw, metadata, spec: podSpec(raw['spec']) };
}

/** The server keeps no empty map or list: one that is emptied equals one that never was. */
export function withoutEmpties(draft: Draft): Draft {
  const whole = without(draft, ['data', 'binaryData']) as Draft;
  const metadata = without(draft.metadata as Fields, METADATA);
  const spec = whole['spec'];
  if (!isFields(spec)) return { ...whole, metadata };
  if (whole.kind === 'Pod') return { ...whole, metadata, spec: podSpec(spec) };
  if (!('template' in spec)) return { ...whole, metadata };
  return { ...whole, metadata, spec: { ...spec, template: template(spec['template']) } };
}
