import { describe, expect, test } from 'vitest';
import type { Recorded } from '../promotions/live.ts';
import { versionOf } from '../versions/looked.fixture.ts';
import type { Standing } from './standing.ts';
import { standsAt as stands } from './stands.ts';

type All = Parameters<typeof stands>;
type GivenOrNot = [All[0], All[1], All[2], All[3], All[4]?];

const never = () => false;

function standsAt(...[environment, marks, recorded, hasAliases, wentOn = never]: GivenOrNot) {
  return stands(environment, marks, recorded, hasAliases, wentOn);
}

const BOTH = { name: 'production', alias: 'champion', stage: 'Production' as const };
const ALIAS_ONLY = { name: 'production', alias: 'champion' };

/** `champion=2 1:Archived 2:Production`: aliases, then versions with their stages. */
function marksOf(text: string) {
  const words = text.split(' ').filter(Boolean);
  const aliases = words.filter((word) => word.includes('=')).map((word) => word.split('='));
  const versions = words.filter((word) => word.includes(':')).map((word) => word.split(':'));
  return {
    aliases: new Map(aliases.map(([alias = '', number = '']) => [alias, number])),
    versions: versions.map(([number = '', stage = '']) => versionOf({ number, stage })),
  };
}

/** What its record has left at the version; of one that says nothing, nothing is known. */
const LEFT = {
  both: { alias: 'champion', stage: 'Production' },
  alias: { alias: 'champion' },
  stage: { stage: 'Production' },
  others: { alias: 'earlier', stage: 'Staging' },
};

function sealed(number: string, left?: keyof typeof LEFT): Recorded {
  const recorded = { party: { number }, ticket: '7', found: false };
  return left ? { ...recorded, marked: LEFT[left] } : recorded;
}

const NOBODY: Recorded = { ticket: '7', found: false };

const short = (standing: Standing): string => {
  if (standing.kind === 'version') return `${standing.version.number} by ${standing.by}`;
  return `${standing.kind}: ${standing.says}`;
};

describe('as the ledger says, where the registry agrees', () => {
  test.each([
    ['alias and stage', BOTH, 'champion=2 1:Archived 2:Production', true],
    ['the alias alone', BOTH, 'champion=2 1:None 2:None', true],
    ['a version whose stage went on', BOTH, 'champion=2 2:Staging', true],
    ['a version that was archived, behind its alias', BOTH, 'champion=2 2:Archived', true],
    ['the stage alone', BOTH, '2:Production', true],
    ['an environment without a stage', ALIAS_ONLY, 'champion=2 1:Production 2:None', true],
    ['other aliases', BOTH, 'champion=2 other=1 1:None 2:Production', true],
    ['a server without stages', BOTH, 'champion=2 1: 2:', true],
    ['a server without aliases', BOTH, '1:Archived 2:Production', false],
  ])('%s', (_, environment, marks, hasAliases) => {
    const standing = standsAt(environment, marksOf(marks), sealed('2'), hasAliases);
    expect(short(standing)).toBe('2 by ticket 7');
  });

  test.each<[string, string, keyof typeof LEFT, boolean]>([
    ['alias and stage', 'champion=2 2:Production', 'both', true],
    ['the alias alone, as it was left', 'champion=2 2:Staging', 'alias', true],
    ['the stage alone, as it was left', '2:Production', 'stage', true],
    ['the alias, where the stage is another by now', 'champion=2 2:Staging', 'others', true],
    ['the stage, where the alias is another by now', '2:Production', 'others', true],
    ['the stage, on a server without aliases', '2:Production', 'both', false],
  ])('%s', (_, marks, left, hasAliases) => {
    const standing = standsAt(BOTH, marksOf(marks), sealed('2', left), hasAliases);
    expect(short(standing)).toBe('2 by ticket 7');
  });

  test.each([
    ['champion=2 2:Archived', true],
    ['champion=2 2:Staging', true],
    ['2:Staging', false],
  ])('one that a move on record took out of its stage: %s', (marks, hasAliases) => {
    const gone = () => true;
    const standing = standsAt(BOTH, marksOf(marks), sealed('2', 'both'), hasAliases, gone);
    expect(short(standing)).toBe('2 by ticket 7');
  });

  test('there, whatever became of a version that went on by a record', () => {
    const staging = { name: 'staging', alias: 'staging', stage: 'Staging' as const };
    for (const text of ['2:Archived 3:Production', '2:None']) {
      const standing = standsAt(staging, marksOf(text), sealed('2'), false, () => true);
      expect(short(standing)).toBe('2 by ticket 7');
    }
    const other = standsAt(
      staging,
      marksOf('2:Archived 3:Staging'),
      sealed('2'),
      false,
      () => true,
    );
    expect(short(other)).toContain('number 3 is in the stage Staging: somebody has moved it');
  });

  test('what was found has no ticket', () => {
    const found: Recorded = { party: { number: '2' }, found: true };
    expect(short(standsAt(BOTH, marksOf('champion=2 2:None'), found, true))).toBe(
      '2 by the ledger',
    );
  });

  test.each([true, false])('nobody is there (aliases: %s)', (hasAliases) => {
    const standing = standsAt(BOTH, marksOf('1:None 2:Archived'), NOBODY, hasAliases);
    expect(short(standing)).toBe('none: the ledger says that no version is there (ticket 7)');
  });
});

describe('somebody has moved it by hand', () => {
  test.each([
    ['champion=3 2:Production 3:None', true, 'the alias champion stands at number 3'],
    ['champion=9 2:Production', true, 'the alias champion stands at number 9'],
    ['1:None 2:None', true, 'the alias champion is not set'],
    ['2:Staging', true, 'the alias champion is not set'],
    ['champion=2 2:Archived 3:Production', true, 'number 3 is in the stage Production'],
    ['champion=2 2:Production 3:Production', true, 'number 3 is in the stage Production'],
    ['2:Production 3:Production', false, 'number 3 is in the stage Production'],
    ['2:Archived 3:Production', false, 'number 3 is in the stage Production'],
    ['2:Archived', false, 'no version is in the stage Production'],
    ['2:None', false, 'no version is in the stage Production'],
    ['2:None 1:None', false, 'no version is in the stage Production'],
    ['champion=1 1:None', true, 'the alias champion stands at number 1'],
    ['1:Production', false, 'number 1 is in the stage Production'],
    ['2:Staging', false, 'no version is in the stage Production'],
  ])('%s (aliases: %s)', (marks, hasAliases, says) => {
    const standing = standsAt(BOTH, marksOf(marks), sealed('2'), hasAliases);
    expect(standing).toMatchObject({
      kind: 'unclear',
      says: `the ledger says number 2 (ticket 7), but ${says}: somebody has moved it by hand`,
      hint: "Put alias and stage back, or take it into the history with `passmuster settle --model gpt-custom --environment production --reason '…'`.",
    });
  });

  const [NO_ALIAS, NO_STAGE] = [
    'the alias champion is not set',
    'no version is in the stage Production',
  ];

  test.each<[string, keyof typeof LEFT, boolean, string, boolean, boolean]>([
    ['champion=2 2:Archived', 'both', true, NO_STAGE, false, true],
    ['champion=2 2:Staging', 'stage', true, NO_STAGE, false, true],
    ['2:Production', 'both', true, NO_ALIAS, true, false],
    ['2:Production', 'alias', true, NO_ALIAS, true, false],
    ['2:None', 'both', true, `${NO_ALIAS}, and ${NO_STAGE}`, true, true],
    ['2:None', 'alias', true, NO_ALIAS, true, false],
    ['2:Archived', 'both', false, NO_STAGE, false, true],
    ['2:Staging', 'alias', false, NO_STAGE, false, true],
  ])(
    'who has emptied it: %s, left %s (aliases: %s)',
    (marks, left, hasAliases, says, alias, stage) => {
      const standing = standsAt(BOTH, marksOf(marks), sealed('2', left), hasAliases);
      expect(short(standing)).toContain(`(ticket 7), but ${says}: somebody`);
      expect(standing).toMatchObject({
        emptied: { alias, stage, version: { number: '2' }, by: 'ticket 7' },
      });
    },
  );

  test('the alias of one that has gone on by a record is missed all the same', () => {
    const standing = standsAt(BOTH, marksOf('2:Staging'), sealed('2', 'both'), true, () => true);
    expect(standing).toMatchObject({ emptied: { alias: true, stage: false } });
  });

  test('what is only empty is told from where another one stands', () => {
    const marks = marksOf('champion=2 3:Production 2:Archived');
    expect(standsAt(BOTH, marks, sealed('2', 'both'), true)).not.toHaveProperty('emptied');
  });

  test.each([
    ['champion=1 1:None', true, 'the alias champion stands at number 1'],
    ['1:Production', true, 'number 1 is in the stage Production'],
    ['1:Production', false, 'number 1 is in the stage Production'],
  ])('where nobody was: %s (aliases: %s)', (marks, hasAliases, says) => {
    const standing = standsAt(BOTH, marksOf(marks), NOBODY, hasAliases);
    expect(short(standing)).toContain(`no version is there (ticket 7), but ${says}`);
  });

  test('an environment without a stage has only an alias to be put back', () => {
    const standing = standsAt(ALIAS_ONLY, marksOf('champion=1 1:None'), sealed('2'), true);
    expect(standing).toMatchObject({ hint: expect.stringMatching(/^Put the alias champion back/) });
  });

  test('what it is called is shown harmlessly', () => {
    const odd = { name: 'pro\u202eduction', alias: 'a\u202eb' };
    const recorded: Recorded = {
      party: { number: '2\u202e', version: 'v1\u202e' },
      ticket: '7\u202e',
      found: false,
    };
    const standing = standsAt(odd, marksOf('a\u202eb=3\u202e'), recorded, true);
    expect(JSON.stringify(standing)).not.toContain('\u202e');
    expect(short(standing)).toContain('number 2\\u{202e} (v1\\u{202e}, ticket 7\\u{202e})');
  });
});

test.each([
  ['its alias stayed', 'champion=2 1:None', true],
  ['its alias went with it', '1:None', true],
  ['there were no aliases', '1:None', false],
])('a version that was deleted leads back, where %s', (_, marks, hasAliases) => {
  const standing = standsAt(BOTH, marksOf(marks), sealed('2'), hasAliases);
  expect(standing).toMatchObject({
    kind: 'unclear',
    says: 'the ledger says number 2 (ticket 7), which has been deleted since',
    hint: expect.stringContaining(
      'passmuster rollback --model gpt-custom --environment production',
    ),
  });
});

test('without a record the registry alone says it', () => {
  const standing = standsAt(BOTH, marksOf('1:None 2:Production'), undefined, true);
  expect(short(standing)).toBe('2 by stage Production');
});
