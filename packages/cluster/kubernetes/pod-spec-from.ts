import type {
  ConfigMapFiles,
  Container,
  EnvFrom,
  EnvVar,
  KeyRef,
  PodSpec,
  Volume,
} from '@passmuster/core/cluster/workload.ts';
import { type Fields, isFields, mapIn, mapsIn, textIn } from './fields.ts';

const nameOf = (fields: Fields) => {
  const name = textIn(fields, 'name');
  return {
    ...(name !== '' && { name }),
    ...(typeof fields['optional'] === 'boolean' && { optional: fields['optional'] }),
  };
};

function envFrom(fields: Fields): EnvVar {
  const ref = mapIn(fields, 'valueFrom')['configMapKeyRef'];
  const keyRef: KeyRef | undefined = isFields(ref)
    ? { ...nameOf(ref), key: textIn(ref, 'key') }
    : undefined;
  return {
    name: textIn(fields, 'name'),
    ...(typeof fields['value'] === 'string' && { value: fields['value'] }),
    // Whatever else it comes from is no ConfigMap.
    ...(keyRef && { valueFrom: { configMapKeyRef: keyRef } }),
  };
}

function envFromFrom(fields: Fields): EnvFrom {
  const prefix = textIn(fields, 'prefix');
  const ref = fields['configMapRef'];
  return {
    ...(prefix !== '' && { prefix }),
    ...(isFields(ref) && { configMapRef: nameOf(ref) }),
  };
}

const textList = (fields: Fields, name: string): Record<string, readonly string[]> => {
  const value = fields[name];
  if (!Array.isArray(value)) return {};
  return { [name]: value.filter((one): one is string => typeof one === 'string') };
};

const mountFrom = (fields: Fields) => {
  const [subPath, subPathExpr] = [textIn(fields, 'subPath'), textIn(fields, 'subPathExpr')];
  return {
    name: textIn(fields, 'name'),
    ...(subPath !== '' && { subPath }),
    ...(subPathExpr !== '' && { subPathExpr }),
  };
};

const containerFrom = (fields: Fields): Container => ({
  name: textIn(fields, 'name'),
  ...textList(fields, 'command'),
  ...textList(fields, 'args'),
  ...('env' in fields && { env: mapsIn(fields, 'env').map(envFrom) }),
  ...('envFrom' in fields && { envFrom: mapsIn(fields, 'envFrom').map(envFromFrom) }),
  ...('volumeMounts' in fields && { volumeMounts: mapsIn(fields, 'volumeMounts').map(mountFrom) }),
});

const filesFrom = (fields: Fields): ConfigMapFiles => ({
  ...nameOf(fields),
  ...('items' in fields && {
    items: mapsIn(fields, 'items').map((item) => ({ key: textIn(item, 'key') })),
  }),
});

const sourceFrom = (fields: Fields): { configMap?: ConfigMapFiles } => {
  const map = fields['configMap'];
  return isFields(map) ? { configMap: filesFrom(map) } : {};
};

function volumeFrom(fields: Fields): Volume {
  const projected = fields['projected'];
  return {
    name: textIn(fields, 'name'),
    ...sourceFrom(fields),
    ...(isFields(projected) && {
      projected: { sources: mapsIn(projected, 'sources').map(sourceFrom) },
    }),
  };
}

export const podSpecFrom = (spec: Fields): PodSpec => ({
  ...('initContainers' in spec && {
    initContainers: mapsIn(spec, 'initContainers').map(containerFrom),
  }),
  containers: mapsIn(spec, 'containers').map(containerFrom),
  ...('volumes' in spec && { volumes: mapsIn(spec, 'volumes').map(volumeFrom) }),
});
