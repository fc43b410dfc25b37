import type { ConfigMap, Manager } from '@passmuster/core/cluster/configmap.ts';
import { type Fields, mapIn, mapsIn, momentIn, textIn, textsIn } from './fields.ts';

/** `f:data: {f:version: {}}` */
const keysIn = (entry: Fields): readonly string[] =>
  Object.keys(mapIn(mapIn(entry, 'fieldsV1'), 'f:data'))
    .filter((key) => key.startsWith('f:'))
    .map((key) => key.slice(2));

function managerFrom(entry: Fields): Manager {
  const at = momentIn(entry, 'time');
  return {
    name: textIn(entry, 'manager'),
    operation: textIn(entry, 'operation') === 'Apply' ? 'Apply' : 'Update',
    ...(at !== undefined && { at }),
    keys: keysIn(entry),
  };
}

export function configMapFrom(object: Fields): ConfigMap {
  const metadata = mapIn(object, 'metadata');
  return {
    namespace: textIn(metadata, 'namespace'),
    name: textIn(metadata, 'name'),
    uid: textIn(metadata, 'uid'),
    resourceVersion: textIn(metadata, 'resourceVersion'),
    data: textsIn(object, 'data'),
    binaryKeys: Object.keys(mapIn(object, 'binaryData')),
    labels: textsIn(metadata, 'labels'),
    annotations: textsIn(metadata, 'annotations'),
    isImmutable: object['immutable'] === true,
    managers: mapsIn(metadata, 'managedFields').map(managerFrom),
  };
}
