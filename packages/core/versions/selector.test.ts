import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { parseSelector, type Reading, typed } from './selector.ts';

const semver = (identifier: string): Reading => ({
  kind: 'identifier',
  scheme: 'semantic',
  identifier,
});
const commit = (identifier: string): Reading => ({
  kind: 'identifier',
  scheme: 'commit',
  identifier,
});
const time = (identifier: string): Reading => ({
  kind: 'identifier',
  scheme: 'timestamp',
  identifier,
});
const number = (text: string): Reading => ({ kind: 'number', number: text });

test.each<[string, Reading[]]>([
  ['v1.2.0', [semver('v1.2.0')]],
  ['1.2.0', [semver('v1.2.0'), number('1.2.0')]],
  ['v2.0.0-rc.1', [semver('v2.0.0-rc.1')]],
  ['7', [number('7')]],
  ['1234567', [commit('1234567'), number('1234567')]],
  ['abc123f', [commit('abc123f'), number('abc123f')]],
  ['abc123f-2', [commit('abc123f-2'), number('abc123f-2')]],
  ['2024-11-05-14-30-00', [time('2024-11-05-14-30-00'), number('2024-11-05-14-30-00')]],
  ['@champion', [{ kind: 'alias', alias: 'champion' }]],
  ['@run:x', [{ kind: 'alias', alias: 'run:x' }]],
  ['Production', [{ kind: 'stage', stage: 'Production' }]],
  ['Canary 2', [{ kind: 'stage', stage: 'Canary 2' }]],
  ['latest', [{ kind: 'latest' }]],
  ['Latest', [{ kind: 'stage', stage: 'Latest' }]],
  ['run:0123abc', [{ kind: 'run', run: '0123abc' }]],
  ['semver:1.2.0', [semver('v1.2.0')]],
  ['commit:1234567', [commit('1234567')]],
  ['timestamp:2024-11-05-14-30-00', [time('2024-11-05-14-30-00')]],
  ['number:1.2.0', [number('1.2.0')]],
  ['number:x', [number('x')]],
  ['alias:champion', [{ kind: 'alias', alias: 'champion' }]],
  ['stage:Production', [{ kind: 'stage', stage: 'Production' }]],
])('%s may be %j', (text, readings) => {
  expect(parseSelector(text)).toEqual(readings);
});

test.each<[string, RegExp, RegExp?]>([
  ['', /^is empty$/, /`@alias`/],
  [' v1.2.0', /space around it/],
  ['@', /nothing after `@`/],
  ['run:', /nothing after `run:`/],
  ['alais:x', /starts with "alais:"; expected one of `semver:`/, /mean `alias:`/],
  ['models:/gpt/3', /starts with "models:"/],
  ['semver:1.2', /has "1\.2" after `semver:`, which has not three numbers/],
  ['commit:xyz', /7 hexadecimal/],
  ['v1.2', /looks like a version, but has not three numbers/, /as `v1\.2\.0`/],
  ['v1', /looks like a version/],
  ['1.2.0+b', /looks like a version, but has build metadata/],
  ['V1.2.0', /capital `V`/],
  ['9'.repeat(19), /more than 18 digits/],
  ['x'.repeat(257), /more than 256 characters/],
])('%j is refused', (text, refused, hint) => {
  const parsed = parseSelector(text);
  expect(parsed).toMatchObject({ refused: expect.stringMatching(refused) });
  if (hint) expect(parsed).toMatchObject({ hint: expect.stringMatching(hint) });
});

test('any text has readings or is refused, and typed readings mean one thing', () => {
  const likely = fc.stringMatching(/^(@|run:|semver:|number:|stage:)?[v0-9a-f.:@ -]{0,10}$/);
  fc.assert(
    fc.property(fc.oneof(likely, fc.string({ unit: 'binary' })), (text) => {
      const readings = parseSelector(text);
      if ('refused' in readings) {
        expect(readings.refused).not.toBe('');
        return;
      }
      expect(readings.length).toBeGreaterThan(0);
      for (const reading of readings) expect(parseSelector(typed(reading))).toEqual([reading]);
    }),
    rounds(5000),
  );
});
