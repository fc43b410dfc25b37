import { execFileSync } from 'node:child_process';
import { createHash, hash } from 'node:crypto';
import { appendFileSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from '@passmuster/core/progress.ts';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { atFirstPiece, digestAll, digestThem, filesOf, openFiles } from './digesting.fixture.ts';
import { folderWith } from './folder.fixture.ts';
import { PIECE } from './hash.ts';

// Starting threads takes long where others use the same cores.
vi.setConfig({ testTimeout: 30_000 });

describe('digests', () => {
  test.each([
    [
      '',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'd41d8cd98f00b204e9800998ecf8427e',
    ],
    [
      'abc',
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      '900150983cd24fb0d6963f7d28e17f72',
    ],
    [
      'a'.repeat(1_000_000),
      'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
      '7707d6ae4e027c70eea2a935c2296f21',
    ],
  ])('of the vectors that everybody knows', async (content, sha256, md5) => {
    const folder = await folderWith({ a: content });
    expect(await digestAll(folder)).toEqual([{ sha256 }]);
    expect(await digestAll(folder, { algorithms: ['md5', 'sha256'] })).toEqual([{ sha256, md5 }]);
  });

  test('of a file in many pieces are those of the whole', async () => {
    const zeros = 'e5b844cc57f57094ea4585e235f36c78c1cd222262bb89d53c94dcb4d6b3e55d';
    const folder = await folderWith({ zeros: Buffer.alloc(10 * 1024 * 1024) });
    expect(await digestAll(folder)).toEqual([{ sha256: zeros }]);
  });

  test.each([PIECE - 1, PIECE, PIECE + 1, 2 * PIECE - 1, 2 * PIECE, 3 * PIECE + 7])(
    'of %i bytes',
    async (size) => {
      const content = Buffer.alloc(size, 'passmuster');
      const folder = await folderWith({ a: content });
      const both = { sha256: hash('sha256', content), md5: hash('md5', content) };
      expect(await digestAll(folder, { algorithms: ['sha256', 'md5'] })).toEqual([both]);
    },
  );

  test('come in the order of the files given, however many threads there are', async () => {
    const size = fc.oneof(fc.nat(200), fc.constantFrom(PIECE, PIECE + 1));
    const threads = fc.nat(2);
    await fc.assert(
      fc.asyncProperty(fc.array(size, { maxLength: 12 }), threads, async (sizes, threads) => {
        const contents = sizes.map((length, index) => Buffer.alloc(length, `${index} `));
        const folder = await folderWith(Object.fromEntries(contents.map((c, i) => [`f${i}`, c])));
        const files = await filesOf(folder);
        const shuffled = files.toReversed();
        const expected = shuffled.map(({ path }) => ({
          sha256: createHash('sha256')
            .update(contents[Number(path.slice(1))] ?? '')
            .digest('hex'),
        }));
        expect(await digestThem(folder, shuffled, { threads })).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  test('of more small files than a batch holds, on threads', async () => {
    const names = Array.from({ length: 600 }, (_, index) => `f${index}`);
    const folder = await folderWith(Object.fromEntries(names.map((name) => [name, name])));
    const files = await filesOf(folder);
    const expected = files.map(({ path }) => ({ sha256: hash('sha256', path) }));
    expect(await digestThem(folder, files, { threads: 2 })).toEqual(expected);
  });

  test('of a link in the folder are those of its target', async () => {
    const folder = await folderWith({ 'blobs/1': 'abc' });
    symlinkSync('blobs/1', join(folder, 'a'));
    const [link, target] = await digestAll(folder);
    expect(link).toEqual(target);
    expect(link).toEqual({ sha256: hash('sha256', 'abc') });
  });
});

describe('progress', () => {
  function noted() {
    const notes = { begun: [] as unknown[], advances: [] as number[], ended: 0 };
    const progress: Progress = {
      begin: (...begun) => {
        notes.begun.push(begun);
        return {
          advance: (amount) => void notes.advances.push(amount),
          end: () => void notes.ended++,
        };
      },
    };
    return { notes, progress };
  }
  const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0);

  test.each([0, 1, 2])('adds up to the size of the files, with %i threads', async (threads) => {
    const folder = await folderWith({
      large: Buffer.alloc(5 * PIECE + 3),
      second: Buffer.alloc(PIECE),
      small: 'abc',
      removed: Buffer.alloc(2 * PIECE),
      empty: '',
    });
    const files = await filesOf(folder);
    rmSync(join(folder, 'removed'));
    const { notes, progress } = noted();
    await digestThem(folder, files, { progress, threads });
    const total = 8 * PIECE + 6;
    expect(notes.begun).toEqual([['Hashing', total, 'bytes']]);
    expect(sum(notes.advances)).toBe(total);
    expect(Math.min(...notes.advances)).toBeGreaterThan(0);
    expect(notes.ended).toBe(1);
  });

  test('adds up when a file grows or shrinks meanwhile', async () => {
    const folder = await folderWith({ a: Buffer.alloc(3 * PIECE), b: Buffer.alloc(3 * PIECE) });
    const files = await filesOf(folder);
    const { notes, progress } = noted();
    const acting = atFirstPiece(() => {
      for (const name of ['a', 'b']) appendFileSync(join(folder, name), Buffer.alloc(9 * PIECE));
    });
    const both: Progress = {
      begin: (...begun) => {
        const [one, other] = [progress.begin(...begun), acting.begin(...begun)];
        return {
          advance: (amount) => {
            one.advance(amount);
            other.advance(amount);
          },
          end: () => one.end(),
        };
      },
    };
    await digestThem(folder, files, { progress: both, threads: 0 });
    expect(sum(notes.advances)).toBe(6 * PIECE);
  });

  test('of many small files comes together', async () => {
    const names = Array.from({ length: 400 }, (_, index) => [`f${index}`, 'x']);
    const folder = await folderWith(Object.fromEntries(names));
    const { notes, progress } = noted();
    await digestAll(folder, { progress });
    expect(sum(notes.advances)).toBe(400);
    expect(notes.advances.length).toBeLessThan(40);
  });

  test('of no file ends as well', async () => {
    const { notes, progress } = noted();
    expect(await digestAll(await folderWith(), { progress })).toEqual([]);
    expect(notes).toEqual({ begun: [['Hashing', 0, 'bytes']], advances: [], ended: 1 });
  });
});

describe('stopping', () => {
  const large = { a: Buffer.alloc(4 * PIECE), b: Buffer.alloc(4 * PIECE), c: 'small' };
  const reason = new Error('stopped by the test');

  test('before anything is read', async () => {
    const folder = await folderWith(large);
    const progress: Progress = {
      begin: () => {
        throw new Error('begun');
      },
    };
    await expect(digestAll(folder, { progress, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
  });

  test.each([0, 1, 2])('in the middle, with %i threads', async (threads) => {
    const folder = await folderWith({ a: '', b: '', c: '', d: '', small: 'small' });
    // Each is a batch of its own, so that every lane has one when the stop comes.
    for (const name of ['a', 'b', 'c', 'd']) truncateSync(join(folder, name), 16 * PIECE);
    const controller = new AbortController();
    let ended = 0;
    let advances = 0;
    const progress: Progress = {
      begin: () => ({
        advance: () => {
          advances++;
          controller.abort(reason);
        },
        end: () => void ended++,
      }),
    };
    const before = openFiles();
    const { signal } = controller;
    await expect(digestAll(folder, { progress, signal, threads })).rejects.toBe(reason);
    expect({ advances, ended }).toEqual({ advances: 1, ended: 1 });
    expect(openFiles()).toBe(before);
  });

  test('leaves nothing behind that would keep the process alive', async () => {
    const folder = await folderWith({ a: '', b: '', c: '' });
    for (const name of ['a', 'b', 'c']) truncateSync(join(folder, name), 16 * PIECE);
    const script = `
      const { digest } = await import(process.argv[1]);
      const { survey } = await import(process.argv[2]);
      const folder = process.argv[3];
      const { files } = await survey(folder, () => false);
      const controller = new AbortController();
      const progress = { begin: () => ({ advance: () => controller.abort('told to'), end() {} }) };
      const options = { algorithms: ['sha256'], progress, signal: controller.signal };
      await digest(folder, files, options, 2).catch((reason) => console.log(reason));
    `;
    const here = (name: string) => new URL(name, import.meta.url).href;
    const given = [here('digest.ts'), here('survey.ts'), folder];
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script, ...given]);
    expect(said.toString()).toBe('told to\n');
  });

  test('a caller whose progress fails hears of it', async () => {
    const folder = await folderWith(large);
    const failing: Progress = {
      begin: () => ({
        advance: () => {
          throw reason;
        },
        end: () => {},
      }),
    };
    await expect(digestAll(folder, { progress: failing, threads: 1 })).rejects.toBe(reason);
  });
});
