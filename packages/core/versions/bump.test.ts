import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bumpRefusal, nextVersion, predecessor } from './bump.ts';
import type { RequiredBump } from './required-bump.ts';
import {
  compareSemantic,
  formatSemantic,
  parseSemantic,
  type SemanticVersion,
} from './semantic.ts';

function version(text: string): SemanticVersion {
  const parsed = parseSemantic(text);
  if ('refused' in parsed) throw new Error(`${text} ${parsed.refused}`);
  return parsed;
}

const versions = (texts: string) => texts.split(' ').filter(Boolean).map(version);

const required = (level: RequiredBump['level']): RequiredBump => ({
  level,
  reasons: level === 'none' ? [] : ['The base model was `a` and is `b`.'],
});

const LINE = 'v1.0.0 v1.2.0 v1.3.0 v1.3.1 v2.0.0 v2.1.0-rc.1';

test.each([
  ['', 'v1.0.0', undefined],
  [LINE, 'v2.1.0', 'v2.0.0'],
  [LINE, 'v2.1.0-rc.2', 'v2.0.0'],
  [LINE, 'v1.2.1', 'v1.2.0'],
  [LINE, 'v1.4.0', 'v1.3.1'],
  [LINE, 'v0.9.0', undefined],
])('of %s, %s follows %s', (known, wanted, before) => {
  const found = predecessor(versions(known), version(wanted));
  expect(found && formatSemantic(found)).toBe(before);
});

test.each([
  ['', 'major', 'v1.0.0'],
  ['', 'none', 'v1.0.0'],
  ['v1.2.0', 'major', 'v2.0.0'],
  ['v1.2.0', 'minor', 'v1.3.0'],
  ['v1.2.0', 'patch', 'v1.2.1'],
  ['v1.2.0', 'none', 'v1.2.1'],
  ['v1.10.0 v1.9.0', 'minor', 'v1.11.0'],
  ['v1.0.0-rc.1', 'patch', 'v1.0.0'],
  ['v1.2.0 v2.0.0-rc.1', 'minor', 'v1.3.0'],
  ['v1.2.0 v2.0.0-rc.1', 'major', 'v2.0.0'],
  ['v0.3.0', 'major', 'v1.0.0'],
] as const)('after %s, a step of %s goes to %s', (known, level, next) => {
  expect(formatSemantic(nextVersion(versions(known), level))).toBe(next);
});

test.each([
  ['', 'v0.0.1', 'major'],
  ['v1.0.0', 'v1.0.1', 'none'],
  ['v1.0.0', 'v1.0.1', 'patch'],
  ['v1.0.0', 'v1.1.0', 'minor'],
  ['v1.0.0', 'v1.1.0', 'patch'],
  ['v1.0.0', 'v2.0.0', 'major'],
  ['v1.0.0', 'v5.4.3', 'major'],
  ['v1.0.0', 'v2.0.0-rc.1', 'major'],
  ['v1.0.0 v2.0.0-rc.1', 'v2.0.0', 'major'],
  ['v1.0.0-rc.1', 'v1.0.0', 'major'],
  [LINE, 'v1.3.2', 'patch'],
  [LINE, 'v1.2.1', 'patch'],
  [LINE, 'v1.4.0', 'minor'],
] as const)('of %s, %s may follow a %s change', (known, wanted, level) => {
  expect(bumpRefusal(versions(known), version(wanted), required(level))).toBeUndefined();
});

test.each([
  [
    'v1.2.0',
    'v1.2.1',
    'major',
    'v1.2.1 is a patch step from v1.2.0, but a major one is needed: The base model was `a` and is `b`. Take v2.0.0.',
  ],
  ['v1.2.0', 'v1.3.0', 'major', /a minor step .* Take v2\.0\.0\./],
  ['v1.2.0', 'v1.2.1', 'minor', /Take v1\.3\.0\./],
  ['v1.2.0', 'v1.3.0-rc.1', 'major', /a minor step from v1\.2\.0, .* Take v2\.0\.0\./],
  ['v1.2.0 v1.3.0-rc.1', 'v1.3.0', 'major', /a minor step from v1\.2\.0/],
  ['v0.3.0', 'v0.4.0', 'major', /Take v1\.0\.0\./],
  [LINE, 'v1.2.1', 'minor', /a patch step from v1\.2\.0, .* Take v1\.4\.0\./],
  [LINE, 'v1.2.1', 'major', /Take v3\.0\.0\./],
  [LINE, 'v0.9.0', 'none', /below every release of its major version.*v2\.0\.0.*Take v2\.0\.1/],
  [LINE, 'v2.0.0-rc.1', 'none', /pre-release of v2\.0\.0.*Take v2\.0\.1/],
  [LINE, 'v1.2.0-rc.1', 'none', /pre-release of v1\.2\.0/],
] as const)('of %s, %s may not follow a %s change', (known, wanted, level, refusal) => {
  const said = bumpRefusal(versions(known), version(wanted), required(level));
  if (typeof refusal === 'string') expect(said).toBe(refusal);
  else expect(said).toMatch(refusal);
});

const number = fc.nat(3);
const some = fc.record({
  major: number,
  minor: number,
  patch: number,
  prerelease: fc.constantFrom([], [], ['rc', '1']),
});
const level = fc.constantFrom('none', 'patch', 'minor', 'major');

test('the next version is free, above the last release, and never refused', () => {
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), level, (known, step) => {
      const next = nextVersion(known, step);
      expect(known.every((one) => compareSemantic(one, next) !== 0)).toBe(true);
      expect(bumpRefusal(known, next, required(step))).toBeUndefined();
    }),
  );
});

test('the number that a refusal names is free and not refused in its turn', () => {
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), some, level, (known, wanted, step) => {
      const said = bumpRefusal(known, wanted, required(step));
      const [, right] = /Take (v[\d.]+\d)/.exec(said ?? '') ?? [];
      if (right === undefined) return;
      expect(known.every((one) => formatSemantic(one) !== right)).toBe(true);
      expect(
        bumpRefusal(known, version(right), required(said?.includes('step') ? step : 'patch')),
      ).toBe(undefined);
    }),
  );
});
