import { InputError } from '@passmuster/core/errors.ts';
import { describe, expect, test } from 'vitest';
import { hintsOf, refusal, type Start, signal } from './contract-bench.ts';
import { EVIL, NOW, OLD, POLICY } from './contract-state.ts';
import { MERGE } from './reviewed-state.ts';

/** Files at refs. */
export function filesContract(start: Start): void {
  describe('a file', () => {
    test('at the default branch, with its commit, by two questions', async () => {
      const { read, asked } = await start();
      expect(await read('passmuster.yaml')).toEqual({ text: POLICY, commit: NOW });
      expect(asked).toHaveLength(2);
    });

    test.each([
      ['main', POLICY, NOW],
      ['refs/heads/main', POLICY, NOW],
      ['refs/tags/main', 'evil', EVIL],
      ['feature/x', 'old', OLD],
      ['feature/ü x', 'old', OLD],
      ['refs/heads/feature/ü x', 'old', OLD],
      ['a#1%2F+&=?b/c', 'old', OLD],
      ['refs/heads/refs/tags/v1', POLICY, NOW],
      ['refs/tags/v1', 'old', OLD],
      [OLD, 'old', OLD],
    ])('at %s', async (ref, text, commit) => {
      const { read, asked } = await start();
      expect(await read('passmuster.yaml', ref)).toEqual({ text, commit });
      expect(asked).toHaveLength(2);
    });

    test.each([
      ['empty.yaml', ''],
      ['link.yaml', POLICY],
      ['odd name #1?.yaml', 'odd'],
      ['most.yaml', 'x'.repeat(2 ** 20)],
    ])('%s', async (path, text) => {
      const { read } = await start();
      expect(await read(path)).toEqual({ text, commit: NOW });
    });

    test('in a folder', async () => {
      const { read } = await start();
      expect(await read('ml/deep/passmuster.yaml', OLD)).toEqual({ text: 'deep', commit: OLD });
    });

    test('is absent only where we may read', async () => {
      const { read } = await start();
      expect(await read('gone.yaml')).toBe('absent');
      expect(await read('folder/gone.yaml', 'main')).toBe('absent');
      expect(await read('passmuster.yaml', undefined, 'octo-org/empty')).toBe('absent');
    });

    test('is not absent because a server does not know its commit yet', async () => {
      const { read } = await start();
      const error = await refusal(read('passmuster.yaml', 'lagging'));
      expect(error.kind).toBe('upstream');
      expect(error.message).toMatch(/404, "No commit found for the ref e/);
    });

    test.each([
      ['astray.yaml', /"astray.yaml" is a link that leads to no file/],
      ['folder', /"folder" is a folder/],
      ['sub', /"sub" is a submodule/],
      ['more.yaml', /"more.yaml" is too large: at most 1,048,576 bytes/],
      ['latin.yaml', /no UTF-8/],
      ['../x', /no path of a file/],
      ['/passmuster.yaml', /no path of a file/],
    ])('%s is none that can be read', async (path, message) => {
      const { read } = await start();
      const error = await refusal(read(path));
      expect(error).toBeInstanceOf(InputError);
      expect(error.message).toMatch(message);
    });

    test.each(['gone', 'v1', 'refs/heads/gone', 'd'.repeat(40)])(
      'at %s, which is not there',
      async (ref) => {
        const { read } = await start();
        const error = await refusal(read('passmuster.yaml', ref));
        expect(error.kind).toBe('upstream');
        expect(error.message).toMatch(/octo-org\/model has no /);
      },
    );
  });
  describe('the last change of a file', () => {
    const of = async (path: string, commit?: string, name = 'octo-org/reviewed') => {
      const { forge } = await start();
      return forge.lastChange(name, path, commit, signal);
    };

    test.each([
      ['when its pull request brought it in', 'passmuster.yaml', '2026-02-01T12:00:00Z'],
      ['when it was pushed', 'pushed.yaml', '2026-02-02T08:00:00Z'],
    ])('is %s', async (_, path, at) => {
      expect(await of(path)).toBe(Date.parse(at));
      expect(await of(path, MERGE)).toBe(Date.parse(at));
    });

    test('is none where it never was', async () => {
      expect(await of('gone.yaml')).toBeUndefined();
      expect(await of('passmuster.yaml', undefined, 'octo-org/empty')).toBeUndefined();
    });

    test('that we may not ask for is an error', async () => {
      const error = await refusal(of('passmuster.yaml', undefined, 'octo-org/hidden'));
      expect(hintsOf(error)).toContain('`contents: read`');
      expect(await refusal(of('../x'))).toBeInstanceOf(InputError);
    });
  });
}
