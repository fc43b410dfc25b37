import { InputError } from '@passmuster/core/errors.ts';
import { describe, expect, test } from 'vitest';
import { hintsOf, refusal, type Start } from './contract-bench.ts';
import { OLD } from './contract-state.ts';

/** What no token may read, and what is no token. */
export function accessContract(start: Start): void {
  describe('no access', () => {
    test.each(['octo-org/hidden', 'octo-org/nowhere'])('to %s, whatever the ref', async (name) => {
      const { read } = await start();
      for (const ref of [undefined, 'main', OLD]) {
        const error = await refusal(read('passmuster.yaml', ref, name));
        expect(error.kind).toBe('upstream');
        expect(hintsOf(error)).toContain('`contents: read`');
      }
    });

    test('without `contents: read`', async () => {
      const { read } = await start({ permissions: ['actions'] });
      for (const ref of [undefined, 'main']) {
        const error = await refusal(read('passmuster.yaml', ref));
        expect(error.kind).toBe('upstream');
        expect(hintsOf(error)).toContain('`contents: read`');
      }
    });

    test('with a token that is not accepted', async () => {
      const { read, stateOf } = await start({}, 'ghs_SECRET_of_another');
      for (const work of [read('passmuster.yaml'), stateOf({})]) {
        const error = await refusal(work);
        expect(error.kind).toBe('upstream');
        expect(error.message).toMatch(/does not accept the token/);
      }
    });

    test.each(['', 'ghs_SECRET\n', 'ghs_SECRET x'])('with %j as token', async (token) => {
      const { read, asked } = await start({}, token);
      expect(await refusal(read('passmuster.yaml'))).toBeInstanceOf(InputError);
      expect(asked).toEqual([]);
    });

    test.each(['', 'model', 'octo-org/..', 'a/b/c'])(
      'to %j, which is no repository',
      async (name) => {
        const { read, asked } = await start();
        expect(await refusal(read('passmuster.yaml', undefined, name))).toBeInstanceOf(InputError);
        expect(asked).toEqual([]);
      },
    );
  });
}
