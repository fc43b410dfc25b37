import type { Item } from '../objects.ts';
import { isFields } from '../objects.ts';
import type { Resource } from '../resources.ts';
import { badRequest } from './status.ts';

export type Filter = (item: Item) => boolean;

const EVERYWHERE = ['metadata.name', 'metadata.namespace'];

const MORE: Readonly<Record<string, readonly string[]>> = {
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Pod: ['spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'status.phase'],
  Namespace: ['status.phase'],
};

function fieldOf(item: Item, path: string): string {
  let value: unknown = item;
  for (const step of path.split('.')) value = isFields(value) ? value[step] : undefined;
  return String(value ?? '');
}

function fieldTerms(selector: string): { path: string; wanted: string; equal: boolean }[] {
  return selector
    .split(',')
    .filter((term) => term !== '')
    .map((term) => {
      const [, path = '', sign = '', wanted = ''] = /^([^!=]+)(==|!=|=)(.*)$/.exec(term) ?? [];
      if (path === '') throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
      return { path, wanted, equal: sign !== '!=' };
    });
}

export const metadataName = (selector: string | null): string =>
  fieldTerms(selector ?? '').find(({ path, equal }) => path === 'metadata.name' && equal)?.wanted ??
  '';

function fieldFilter(selector: string, { kind }: Resource): Filter {
  const terms = fieldTerms(selector);
  const known = [...EVERYWHERE, ...(MORE[kind] ?? [])];
  for (const { path } of terms) {
    if (known.includes(path)) continue;
    throw badRequest(
      MORE[kind]
        ? `field label not supported: ${path}`
        : `"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
    );
  }
  return (item) =>
    terms.every(({ path, wanted, equal }) => (fieldOf(item, path) === wanted) === equal);
}

const TERM =
  /^\s*(?:(?<key>[^\s!=,()]+)\s*(?:(?<sign>==|!=|=)\s*(?<value>[^\s,()]*)|\s(?<word>in|notin)\s*\((?<set>[^)]*)\))|(?<not>!?)\s*(?<only>[^\s!=,()]+))\s*$/;

function labelTerm(text: string): Filter {
  const { key, sign, value, word, set, not, only } = TERM.exec(text)?.groups ?? {};
  const labelOf = (item: Item, name: string) => item.metadata.labels?.[name];
  if (only !== undefined) return (item) => (labelOf(item, only) === undefined) === (not === '!');
  if (key === undefined) {
    const [, found = ''] = text.trim().split(/\s+/);
    throw badRequest(
      `unable to parse requirement: found '${found}', expected: in, notin, =, ==, !=, gt, lt`,
    );
  }
  if (sign !== undefined) return (item) => (labelOf(item, key) === value) === (sign !== '!=');
  const values = (set ?? '').split(',').map((one) => one.trim());
  return (item) => values.includes(labelOf(item, key) ?? '\n') === (word === 'in');
}

function labelFilter(selector: string): Filter {
  // A comma inside of brackets parts values, not terms.
  const terms = selector
    .split(/,(?![^(]*\))/)
    .filter((term) => term.trim() !== '')
    .map(labelTerm);
  return (item) => terms.every((term) => term(item));
}

export function filterOf(query: URLSearchParams, resource: Resource): Filter {
  const fields = fieldFilter(query.get('fieldSelector') ?? '', resource);
  const labels = labelFilter(query.get('labelSelector') ?? '');
  return (item) => fields(item) && labels(item);
}
