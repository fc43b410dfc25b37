import { compileGlobs } from '../globs.ts';
import type { Origin } from './measured.ts';

type Fits = (origin: Origin) => boolean;

function fitting(preferred: string): Fits {
  if (preferred === 'files') return ({ kind }) => kind === 'file';
  const fitsPath = compileGlobs([preferred]);
  return (origin) => origin.kind === preferred || (origin.kind === 'file' && fitsPath(origin.path));
}

/** What the first preference that fits any source leaves; all of it where none fits. */
export function preferring(
  preferences: readonly string[],
): <T extends { readonly source: { readonly origin: Origin } }>(all: readonly T[]) => readonly T[] {
  const inOrder = preferences.map(fitting);
  return (all) => {
    for (const fits of inOrder) {
      const left = all.filter(({ source }) => fits(source.origin));
      if (left.length > 0) return left;
    }
    return all;
  };
}
