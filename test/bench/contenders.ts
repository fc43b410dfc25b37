import { execFileSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, python } from './measure.ts';

const BLOCK = 8 * 1024 ** 2;

/** A folder with so many bytes in so many files of one size. */
export function makeFolder(folder: string, files: number, bytes: number): void {
  mkdirSync(folder);
  const size = bytes / files;
  const block = randomFillSync(Buffer.alloc(Math.min(BLOCK, size)));
  for (let number = 0; number < files; number++) {
    const file = openSync(join(folder, `model-${number}.safetensors`), 'w');
    for (let done = 0; done < size; done += block.length) writeSync(file, block);
    closeSync(file);
  }
}

/** How a user has a folder hashed: the one place that knows. */
export function ours(cli: string, folder: string): Command {
  const args = [cli, 'verify', '--path', folder, '--manifest', `${folder}.json`];
  execFileSync(process.execPath, [...args, '--write'], { stdio: 'ignore' });
  return { argv: [process.execPath, ...args] };
}

export const onOneCore = ({ argv }: Command): Command => ({
  argv: ['taskset', '-c', '0', ...argv],
});

const FILE_DIGEST = `
import hashlib, sys
for path in sys.argv[1:]:
    with open(path, 'rb') as file:
        print(hashlib.file_digest(file, 'sha256').hexdigest(), path)
`;

/** What else people hash files with. */
export function peers(folder: string): Record<'dgst' | 'sum' | 'python', Command> {
  const files = readdirSync(folder).map((name) => join(folder, name));
  return {
    dgst: { argv: ['openssl', 'dgst', '-sha256', ...files] },
    sum: { argv: ['sha256sum', ...files] },
    python: { argv: [python(), '-c', FILE_DIGEST, ...files] },
  };
}
