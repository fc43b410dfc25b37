import { InputError } from '@passmuster/core/errors.ts';
import { describe, expect, test } from 'vitest';
import { refusal, type Start, signal } from './contract-bench.ts';

const NAME = 'octo-org/reviewed';

/** Who may do what, and who is in a team. */
export function peopleContract(start: Start): void {
  describe('who may write', () => {
    test.each([
      ['ann', true],
      ['bob', true],
      ['carol', true],
      ['dan', false],
      ['eve', false],
      ['fay', false],
      ['nobody-there', false],
    ])('%s: %s', async (user, may) => {
      const { forge, asked } = await start({ permissions: [] });
      expect(await forge.mayWrite(NAME, user, signal)).toBe(may);
      expect(asked).toHaveLength(1);
    });

    test.each(['', '..', 'ann/../bob', 'a n', 'merge[bot]'])(
      '%j is nobody, and is not asked for',
      async (user) => {
        const { forge, asked } = await start();
        expect(await forge.mayWrite(NAME, user, signal)).toBe(false);
        expect(await forge.membership('octo-org/owners', user, signal)).toBe('no-member');
        expect(asked).toEqual([]);
      },
    );
  });

  describe('who is in a team', () => {
    test.each([
      ['ann', 'member'],
      ['bob', 'no-member'],
      ['carol', 'no-member'],
    ])('%s: %s', async (user, is) => {
      const { forge } = await start();
      expect(await forge.membership('octo-org/owners', user, signal)).toBe(is);
    });

    test.each([
      ['octo-org/secret', ['members']],
      ['octo-org/gone', ['members']],
      ['octo-org/owners', ['contents']],
    ] as const)('of %s a token with %j does not know', async (team, permissions) => {
      const { forge } = await start({ permissions });
      expect(await forge.membership(team, 'ann', signal)).toEqual({
        unknown: expect.stringMatching(new RegExp(`members of ${team} .*\\. .*\`members: read\``)),
      });
    });

    test.each(['owners', 'octo-org/', '../x', 'octo-org/owners/x', 'octo-org/..'])(
      '%s is no team',
      async (team) => {
        const { forge, asked } = await start();
        expect(await refusal(forge.membership(team, 'ann', signal))).toBeInstanceOf(InputError);
        expect(asked).toEqual([]);
      },
    );
  });

  test('the time is that of the server, once it has answered', async () => {
    const { forge } = await start();
    expect(forge.now()).toBeUndefined();
    await forge.mayWrite(NAME, 'ann', signal);
    expect(forge.now()).toBe(Date.parse('2026-03-01T12:00:40Z'));
  });
}
