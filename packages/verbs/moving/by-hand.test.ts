import type { Step } from '@passmuster/core/promotions/step.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byHand, pythonText } from './by-hand.ts';

const AT = { address: 'https://mlflow.acme.example', model: 'gpt' };
const LEFT: Step = { kind: 'left', place: '2', before: 'Staging', after: 'Production' };
const STAGE: Step = { kind: 'stage', place: 'Production', before: '1', after: '2' };
const ALIAS: Step = { kind: 'alias', place: 'champion', before: '1', after: '2' };
const ALL = [LEFT, STAGE, ALIAS];

const staged = (number: string, stage: string): string =>
  `client.transition_model_version_stage("gpt", "${number}", "${stage}", archive_existing_versions=False)`;
const aliased = 'client.set_registered_model_alias("gpt", "champion", "1")';

test.each<[string, readonly Step[], readonly string[], readonly string[]]>([
  ['nothing where all stands as before', ALL, ['Staging', '1', '1'], []],
  [
    'all that has moved, from behind',
    ALL,
    ['Production', '2', '2'],
    [aliased, staged('1', 'Production'), staged('2', 'Staging')],
  ],
  [
    'no place that stands as before',
    ALL,
    ['Production', '2', '1'],
    [staged('1', 'Production'), staged('2', 'Staging')],
  ],
  ['what somebody else has put there', ALL, ['Staging', '1', '3'], [aliased]],
  [
    'somebody else’s version out of the stage',
    ALL,
    ['Staging', '1 3', '1'],
    [staged('3', 'Archived')],
  ],
  ['nothing to a version that is gone', [LEFT], ['deleted'], []],
  [
    'all of those that were in the stage',
    [{ ...STAGE, before: '1 3', after: '' }],
    [''],
    [staged('1', 'Production'), staged('3', 'Production')],
  ],
  [
    'an alias that was not set',
    [{ ...ALIAS, before: '' }],
    ['2'],
    ['client.delete_registered_model_alias("gpt", "champion")'],
  ],
])('by hand goes back: %s', (_, steps, values, calls) => {
  const [first, client, ...rest] = byHand(AT, steps, values).split('\n');
  expect(rest).toEqual(calls);
  if (calls.length === 0) return;
  expect(first).toBe('from mlflow import MlflowClient');
  expect(client).toBe('client = MlflowClient(registry_uri="https://mlflow.acme.example")');
});

test.each([
  ['größe-1', '"größe-1"'],
  ['a"); import os #', '"a\\"); import os #"'],
  ['\\', '"\\\\"'],
  ['one\ntwo\r\u2028', '"one\\u000atwo\\u000d\\u2028"'],
  ['\u202e\u0000\u{e0001}\ud800', '"\\u202e\\u0000\\U000e0001\\ud800"'],
])('%j is the Python text %s', (text, python) => {
  expect(pythonText(text)).toBe(python);
});

/** What Python's grammar has of them: none of the pieces ends the text or the line. */
const TEXT = /"(?:[^"\\\p{C}\p{Zl}\p{Zp}]|\\["\\]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"/gu;

const read = (python: string): string =>
  python.slice(1, -1).replace(/\\(?:U(.{8})|u(.{4})|(.))/g, (_, long, short, plain) => {
    return plain ?? String.fromCodePoint(Number.parseInt(long ?? short, 16));
  });

test('whatever places are called, each is a text of its own and the same again', () => {
  const name = fc.string({ unit: 'binary', maxLength: 30 });
  fc.assert(
    fc.property(name, name, name, (address, model, place) => {
      const steps = [{ ...ALIAS, place, before: '' }];
      const python = byHand({ address, model }, steps, ['2']);
      const texts = [...python.matchAll(TEXT)].map(([text]) => read(text));
      expect(texts).toEqual([address, model, place]);
      expect(python.replace(TEXT, '_').split('\n')).toEqual([
        'from mlflow import MlflowClient',
        'client = MlflowClient(registry_uri=_)',
        'client.delete_registered_model_alias(_, _)',
      ]);
    }),
  );
});
