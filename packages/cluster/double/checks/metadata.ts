import type { Draft } from '../objects.ts';
import { type Cause, invalidValue, tooLong } from '../wire/status.ts';
import { annotationCauses, isSubdomain, labelCauses, SUBDOMAIN_RULE } from './qualified-names.ts';

const LARGEST_ANNOTATIONS = 262_144;

function annotationBytes(annotations: Readonly<Record<string, string>>): number {
  return Buffer.byteLength(Object.entries(annotations).flat().join(''));
}

export function metadataCauses({ metadata }: Draft): Cause[] {
  const causes: Cause[] = [];
  const { name = '', annotations = {}, labels = {} } = metadata;
  if (!isSubdomain(name)) causes.push(invalidValue('metadata.name', name, SUBDOMAIN_RULE));
  if (annotationBytes(annotations) > LARGEST_ANNOTATIONS) {
    causes.push(tooLong('metadata.annotations', LARGEST_ANNOTATIONS));
  }
  causes.push(...labelCauses(labels, 'metadata.labels'));
  causes.push(...annotationCauses(annotations, 'metadata.annotations'));
  return causes;
}
