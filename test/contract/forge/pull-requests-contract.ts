import { InputError } from '@passmuster/core/errors.ts';
import { describe, expect, test } from 'vitest';
import { hintsOf, refusal, type Start, signal } from './contract-bench.ts';
import { DIGEST, HEAD, MERGE, MIDDLE, OTHER } from './reviewed-state.ts';

const NAME = 'octo-org/reviewed';
const moment = (text: string): number => Date.parse(text);

/** Pull requests, their reviews and their files. */
export function pullRequestsContract(start: Start): void {
  describe('pull requests', () => {
    test('of a commit: their heads, what they were merged with, and commits of theirs', async () => {
      const { forge, asked } = await start();
      const of = (commit: string) => forge.pullRequestsOf(NAME, commit, signal);
      const merged = { at: moment('2026-02-01T12:00:00Z'), commit: MERGE };
      const first = { number: 1, author: 'ann', head: HEAD, isOpen: false, merged };
      expect(await of(MERGE)).toEqual([first]);
      expect(await of('0'.repeat(40))).toEqual([]);
      expect(await of(OTHER)).toEqual([
        first,
        { number: 2, head: OTHER, isOpen: true },
        { number: 3, author: 'dan', head: OTHER, isOpen: false },
      ]);
      expect(asked).toHaveLength(3);
    });

    test('by number', async () => {
      const { forge } = await start();
      expect(await forge.pullRequest(NAME, 4, signal)).toEqual({
        ...{ number: 4, author: 'eve', head: HEAD, isOpen: false },
        merged: { at: moment('2026-01-01T00:00:00Z') },
      });
      expect(await forge.pullRequest(NAME, 99, signal)).toBe('absent');
      expect(await forge.pullRequest('octo-org/hidden', 1, signal)).toBe('absent');
    });

    test.each([0, -1, 1.5, Number.NaN, 2 ** 53])('%d is no number of one', async (number) => {
      const { forge, asked } = await start();
      for (const work of [
        forge.pullRequest(NAME, number, signal),
        forge.reviews(NAME, number, signal),
        forge.fileNaming(NAME, number, HEAD, [DIGEST], signal),
      ]) {
        expect(await refusal(work)).toBeInstanceOf(InputError);
      }
      expect(asked).toEqual([]);
    });

    test.each(['main', 'd'.repeat(39), '../../user'])('%s is no commit', async (commit) => {
      const { forge, asked } = await start();
      for (const work of [
        forge.pullRequestsOf(NAME, commit, signal),
        forge.fileNaming(NAME, 1, commit, [DIGEST], signal),
        forge.lastChange(NAME, 'passmuster.yaml', commit, signal),
      ]) {
        expect(await refusal(work)).toBeInstanceOf(InputError);
      }
      expect(asked).toEqual([]);
    });

    test('without `pull-requests: read`', async () => {
      const { forge } = await start({ permissions: ['contents', 'actions', 'members'] });
      for (const work of [
        forge.pullRequestsOf(NAME, HEAD, signal),
        forge.pullRequest(NAME, 1, signal),
        forge.reviews(NAME, 1, signal),
        forge.fileNaming(NAME, 1, HEAD, [DIGEST], signal),
      ]) {
        const error = await refusal(work);
        expect(error.kind).toBe('upstream');
        expect(hintsOf(error)).toContain('`pull-requests: read`');
      }
    });
  });

  describe('reviews', () => {
    test('that were submitted, by somebody who is still there', async () => {
      const { forge, asked } = await start();
      const usual = moment('2026-03-01T12:00:00Z');
      const person = { isPerson: true, commit: HEAD };
      expect(await forge.reviews(NAME, 1, signal)).toEqual([
        {
          ...{ by: 'bob', isPerson: true, state: 'changes-requested', commit: OTHER },
          at: moment('2026-01-30T08:00:00Z'),
        },
        { by: 'bob', ...person, state: 'approved', at: moment('2026-01-31T08:00:00Z') },
        { by: 'carol', ...person, state: 'commented', at: usual },
        { by: 'eve', isPerson: true, state: 'dismissed', at: usual },
        { by: 'merge[bot]', isPerson: false, commit: HEAD, state: 'approved', at: usual },
      ]);
      expect(asked).toHaveLength(1);
    });

    test('of all pages', async () => {
      const { forge, asked } = await start();
      const reviews = await forge.reviews(NAME, 4, signal);
      expect(new Set(reviews.map(({ by }) => by)).size).toBe(250);
      expect(asked).toHaveLength(3);
    });

    test('that go on and on are an error, for the last ones decide', async () => {
      const { forge, asked } = await start();
      const error = await refusal(forge.reviews(NAME, 6, signal));
      expect(error.kind).toBe('upstream');
      expect(error.message).toMatch(/reviews of pull request #6 .* more than 1,000/);
      expect(asked).toHaveLength(11);
    });
  });

  describe('a file of a pull request that names', () => {
    test.each([
      ['a digest, found where the change shows it', 1, 'models.yaml', 2],
      ['a digest, in a file with an odd name', 5, 'odd name #1?.yaml', 2],
      ['a digest, in the last file that is read', 2, 'many/299', 4 + 300],
    ])('%s', async (_, number, path, questions) => {
      const { forge, asked } = await start();
      const found = await forge.fileNaming(NAME, number, HEAD, ['s3://a/b', DIGEST], signal);
      expect(found).toEqual({ path });
      expect(asked).toHaveLength(questions);
    });

    test.each<[string, number, string, string, readonly (string | RegExp)[]]>([
      ['something else', 1, HEAD, 's3://bucket/model', []],
      ['a digest only in a longer one', 1, HEAD, DIGEST.slice(0, -2), []],
      ['a digest at another commit', 1, MERGE, DIGEST, []],
      ['a digest where it is removed', 1, MERGE, 'gone.yaml', []],
      [
        'a digest where none can be read',
        4,
        HEAD,
        DIGEST,
        [/^"sub" is a submodule/, /^"large.json" is too large/],
      ],
      [
        'a digest after the first 300',
        3,
        HEAD,
        'the:last:one',
        ['Only the first 300 of its files were read.'],
      ],
    ])('%s: none', async (_, number, commit, text, unread) => {
      const { forge } = await start();
      const found = await forge.fileNaming(NAME, number, commit, [text], signal);
      expect(found).toEqual({
        unread: unread.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
      });
    });

    test('nothing, because it was removed, is not read', async () => {
      const { forge, asked } = await start();
      await forge.fileNaming(NAME, 1, HEAD, ['s3://bucket/model'], signal);
      expect(asked.filter((one) => one.includes('/contents/'))).toHaveLength(3);
    });

    test('without `contents: read`', async () => {
      const { forge } = await start({ permissions: ['pull-requests'] });
      const error = await refusal(forge.fileNaming(NAME, 1, HEAD, [DIGEST], signal));
      expect(hintsOf(error)).toContain('`contents: read`');
    });

    test('at a commit that is not there is an error', async () => {
      const { forge } = await start();
      const error = await refusal(forge.fileNaming(NAME, 1, MIDDLE, [DIGEST], signal));
      expect(error.message).toMatch(/No commit found/);
    });
  });
}
