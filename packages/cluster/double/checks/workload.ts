import { isDeepStrictEqual } from 'node:util';
import { type Draft, type Fields, type Item, isFields } from '../objects.ts';
import { type Cause, invalidValue } from '../wire/status.ts';
import { annotationCauses, labelCauses } from './qualified-names.ts';

const WORKLOADS = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet']);

const required = (field: string): Cause => ({
  reason: 'FieldValueRequired',
  message: 'Required value',
  field,
});

const inside = (value: unknown, step: string): unknown =>
  isFields(value) ? value[step] : undefined;

const specOf = (object: Draft | Item): Fields => {
  const spec = object['spec'];
  return isFields(spec) ? spec : {};
};

function templateCauses(spec: Fields): Cause[] {
  const causes: Cause[] = [];
  const wanted = inside(spec['selector'], 'matchLabels');
  const labels = inside(inside(spec['template'], 'metadata'), 'labels');
  if (!isFields(wanted)) causes.push(required('spec.selector'));
  const matches =
    isFields(wanted) &&
    Object.entries(wanted).every(([key, value]) => inside(labels, key) === value);
  if (!matches) {
    const why = '`selector` does not match template `labels`';
    causes.push(invalidValue('spec.template.metadata.labels', labels ?? null, why));
  }
  const annotations = inside(inside(spec['template'], 'metadata'), 'annotations');
  if (isFields(labels)) causes.push(...labelCauses(labels, 'spec.template.labels'));
  if (isFields(annotations)) {
    causes.push(...annotationCauses(annotations, 'spec.template.annotations'));
  }
  const containers = inside(inside(spec['template'], 'spec'), 'containers');
  if (!Array.isArray(containers) || containers.length === 0) {
    causes.push(required('spec.template.spec.containers'));
  }
  return causes;
}

export function workloadCauses(draft: Draft): Cause[] {
  if (!WORKLOADS.has(draft.kind)) return [];
  const spec = specOf(draft);
  const causes = templateCauses(spec);
  const replicas = spec['replicas'];
  if (typeof replicas === 'number' && replicas < 0) {
    const why = 'must be greater than or equal to 0';
    causes.push(invalidValue('spec.replicas', replicas, why));
  }
  return causes;
}

export function workloadChangeCauses(before: Item, after: Draft): Cause[] {
  if (!WORKLOADS.has(after.kind)) return [];
  const selector = specOf(after)['selector'];
  if (isDeepStrictEqual(specOf(before)['selector'], selector)) return [];
  return [invalidValue('spec.selector', selector, 'field is immutable')];
}
