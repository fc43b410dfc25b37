import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from '../objects.ts';
import { CONFIG_MAPS } from '../resources.ts';
import { filterOf } from './selectors.ts';
import { StatusError } from './status.ts';

const item = (labels: Record<string, string>): Item => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'm',
    namespace: 'n',
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: '',
    labels,
  },
});

const LABELS: readonly (readonly [string, boolean])[] = [
  ['app=a', true],
  ['app==a', true],
  ['app!=a', false],
  ['other!=a', true],
  ['app in (b, a)', true],
  ['app in (b)', false],
  ['app notin (b)', true],
  ['other notin (b)', true],
  ['other in (b)', false],
  ['app', true],
  ['!app', false],
  ['!other', true],
  ['app=a,tier in (x,y)', true],
  ['app=a,tier in (x),tier', false],
];

test.each(LABELS)('%s: %j', (labelSelector, chosen) => {
  const wanted = filterOf(new URLSearchParams({ labelSelector }), CONFIG_MAPS);
  expect(wanted(item({ app: 'a', tier: 'y' }))).toBe(chosen);
});

const FIELDS: readonly (readonly [string, boolean])[] = [
  ['metadata.name=m', true],
  ['metadata.name=m,metadata.namespace=n', true],
  ['metadata.name!=m', false],
  ['metadata.namespace=x', false],
];

test.each(FIELDS)('%s: %j', (fieldSelector, chosen) => {
  const wanted = filterOf(new URLSearchParams({ fieldSelector }), CONFIG_MAPS);
  expect(wanted(item({}))).toBe(chosen);
});

test('whatever is asked is understood or refused', () => {
  const pieces = fc.constantFrom(
    'a',
    '=',
    '!',
    ',',
    '(',
    ')',
    ' in ',
    ' notin ',
    '==',
    'metadata.name',
  );
  const selector = fc.array(pieces).map((parts) => parts.join(''));
  fc.assert(
    fc.property(selector, selector, (labelSelector, fieldSelector) => {
      try {
        filterOf(new URLSearchParams({ labelSelector, fieldSelector }), CONFIG_MAPS)(item({}));
      } catch (error) {
        expect(error).toBeInstanceOf(StatusError);
      }
    }),
  );
});
