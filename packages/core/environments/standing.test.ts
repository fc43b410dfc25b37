import { expect, test } from 'vitest';
import { versionOf } from '../versions/looked.fixture.ts';
import { type Standing, standingOf } from './standing.ts';

const version = (number: string, stage?: string) =>
  versionOf({ number, ...(stage !== undefined && { stage }) });

const PRODUCTION = { alias: 'champion', stage: 'Production' as const };
const at = (number: string): ReadonlyMap<string, string> => new Map([['champion', number]]);
const NOWHERE: ReadonlyMap<string, string> = new Map();

const short = (standing: Standing): string =>
  standing.kind === 'version' ? `${standing.version.number} by ${standing.by}` : standing.kind;

test.each([
  ['nothing anywhere', PRODUCTION, NOWHERE, [version('1')], 'none'],
  [
    'an alias without a stage',
    { alias: 'champion' },
    at('2'),
    [version('2')],
    '2 by alias champion',
  ],
  ['both, in agreement', PRODUCTION, at('2'), [version('2', 'Production')], '2 by alias champion'],
  [
    'an alias whose version went on',
    PRODUCTION,
    at('2'),
    [version('2', 'Archived')],
    '2 by alias champion',
  ],
  [
    'a stage without the alias',
    PRODUCTION,
    NOWHERE,
    [version('2', 'Production')],
    '2 by stage Production',
  ],
  [
    'an alias beside a stage that nobody named',
    { alias: 'champion' },
    at('2'),
    [version('1', 'Production'), version('2')],
    '2 by alias champion',
  ],
  ['no versions at all', PRODUCTION, NOWHERE, [], 'none'],
])('%s', (_, environment, aliases, versions, expected) => {
  expect(short(standingOf('production', environment, { aliases, versions }))).toBe(expected);
});

test.each([
  [
    PRODUCTION,
    'the alias `champion` is not set, and no version is in the stage Production',
    'Archived',
  ],
  [
    { alias: 'champion' },
    'the alias `champion` is not set, and the environment has no stage',
    'Staging',
  ],
])('where none stands, only what was seen is said: %j', (environment, says, stage) => {
  const marks = { aliases: NOWHERE, versions: [version('1', stage)] };
  expect(standingOf('production', environment, marks)).toEqual({ kind: 'none', says });
});

test.each([
  ['two in the stage', at('1'), ['1', '2'], 'has 2 versions, the numbers 1, 2', 'Move all but one'],
  ['many in the stage', NOWHERE, ['1', '2', '3', '4', '5', '6', '7'], '5 and 2 more', 'Move all'],
  [
    'another one in the stage',
    at('9'),
    ['1'],
    'at number 9, but number 1 is in Production',
    'number 1',
  ],
  ['an alias that dangles', at('8'), [], 'number 8, which is not there any more', 'or remove it'],
])('%s: unclear, and what clears it', (_, aliases, staged, says, hint) => {
  const versions = [version('9'), ...staged.map((number) => version(number, 'Production'))];
  const standing = standingOf('production', PRODUCTION, { aliases, versions });
  expect(standing).toMatchObject({
    kind: 'unclear',
    says: expect.stringContaining(says),
    hint: expect.stringContaining(hint),
  });
});

test.each([
  ['production', 'Production', ['3'], 'the stage Production has the number 3'],
  ['PRODUCTION', 'Production', ['3', '4'], 'the stage Production has the numbers 3, 4'],
  ['staging', 'Staging', ['3'], 'the stage Staging has the number 3'],
])('%s: what is in the stage %s may be there', (name, stage, numbers, says) => {
  const versions = numbers.map((number) => version(number, stage));
  const standing = standingOf(name, { alias: name }, { aliases: NOWHERE, versions });
  expect(standing).toMatchObject({
    kind: 'unclear',
    says: expect.stringContaining(`the alias \`${name}\` is not set, but ${says}`),
    hint: expect.stringContaining(`\`stage: ${stage}\``),
  });
});

test.each([
  ['live', 'Production'],
  ['archived', 'Archived'],
  ['none', 'None'],
  ['staging', 'Production'],
])('%s has nothing to do with the stage %s', (name, stage) => {
  const marks = { aliases: NOWHERE, versions: [version('3', stage)] };
  expect(standingOf(name, { alias: name }, marks).kind).toBe('none');
});
