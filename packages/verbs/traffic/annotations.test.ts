import type { ConfigMap } from '@passmuster/core/cluster/configmap.ts';
import { USUAL_KEYS } from '@passmuster/core/cluster/serving.ts';
import { expect, test } from 'vitest';
import { annotationsFor, NOTE, witnessIn } from './annotations.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const LEDGER = 'passmuster.gpt';

const configMapOf = (data: Record<string, string>, annotations: Record<string, string> = {}) =>
  ({
    data: new Map(Object.entries(data)),
    annotations: new Map(Object.entries(annotations)),
  }) as unknown as ConfigMap;

const noted = {
  ...{ model: 'gpt', id: 'abc', to: { number: '7', version: 'v1.2.0', digest: DIGEST } },
  witness: { ledger: LEDGER, number: '9', digest: DIGEST },
};

test('model, number, digest, promotion, the last of the ledger, and what was before', () => {
  const seen = configMapOf({ current_version: 'v1', theirs: 'a secret' });
  expect(Object.fromEntries(annotationsFor(noted, seen, USUAL_KEYS))).toEqual({
    [NOTE.model]: 'gpt',
    [NOTE.number]: '7',
    [NOTE.digest]: DIGEST,
    [NOTE.promotion]: 'abc',
    [NOTE.ledger]: `${LEDGER}/9 ${DIGEST}`,
    // Of other keys nothing is repeated.
    [NOTE.earlier]: '{"current_version":"v1"}',
  });
});

test('what is not known is taken away, so that nothing old stands beside what is new', () => {
  const bare = { model: 'gpt', id: '', to: { number: '7' } };
  const notes = annotationsFor(bare, undefined, USUAL_KEYS);
  expect([...notes.keys()].toSorted()).toEqual(Object.values(NOTE).toSorted());
  for (const name of [NOTE.digest, NOTE.promotion, NOTE.ledger, NOTE.earlier]) {
    expect(notes.get(name)).toBeUndefined();
  }
});

test('what it remembers of the ledger is read back, of that ledger alone', () => {
  const notes = annotationsFor(noted, undefined, USUAL_KEYS);
  const map = configMapOf({}, { [NOTE.ledger]: notes.get(NOTE.ledger) ?? '' });
  expect(witnessIn(map, LEDGER, 'production')).toEqual({
    ...{ number: '9', digest: DIGEST, environment: 'production' },
  });
  expect(witnessIn(map, 'passmuster.other', 'production')).toBeUndefined();
  expect(witnessIn(configMapOf({}), LEDGER, 'production')).toBeUndefined();
});

test.each([
  '',
  'x',
  `${LEDGER}/0 ${DIGEST}`,
  `${LEDGER}/9 sha256:zz`,
  `${LEDGER}/9 ${DIGEST} more`,
])('%j is no witness', (text) => {
  expect(witnessIn(configMapOf({}, { [NOTE.ledger]: text }), LEDGER, 'e')).toBeUndefined();
});
