import { type Fields, isFields } from '../objects.ts';

/** As Go names what it found in JSON. */
const goName = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
};

const complaint = (value: unknown, field: string, type: string): string =>
  `json: cannot unmarshal ${goName(value)} into Go struct field ${field} of type ${type}`;

function textMap(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isFields(value)) return complaint(value, field, 'map[string]string');
  const wrong = Object.values(value).find((one) => typeof one !== 'string' && one !== null);
  return wrong === undefined ? undefined : complaint(wrong, field, 'string');
}

const COUNTS = ['replicas', 'minReadySeconds', 'progressDeadlineSeconds', 'revisionHistoryLimit'];

function counts(kind: string, spec: Fields): string | undefined {
  for (const name of COUNTS) {
    const value = spec[name];
    if (value === undefined || value === null || typeof value === 'number') continue;
    return complaint(value, `${kind}Spec.spec.${name}`, 'int32');
  }
  return undefined;
}

/** Why the server cannot read an object at all: a value is of the wrong type. */
export function wrongType(object: Fields): string | undefined {
  const kind = String(object['kind']);
  const metadata = object['metadata'];
  const spec = object['spec'];
  if (metadata !== undefined && !isFields(metadata)) {
    return complaint(metadata, `${kind}.metadata`, 'v1.ObjectMeta');
  }
  if (spec !== undefined && spec !== null && !isFields(spec)) {
    return complaint(spec, `${kind}.spec`, `v1.${kind}Spec`);
  }
  return (
    (kind === 'ConfigMap' ? textMap(object['data'], 'ConfigMap.data') : undefined) ??
    textMap(metadata?.['labels'], 'ObjectMeta.metadata.labels') ??
    textMap(metadata?.['annotations'], 'ObjectMeta.metadata.annotations') ??
    (isFields(spec) ? counts(kind, spec) : undefined)
  );
}
