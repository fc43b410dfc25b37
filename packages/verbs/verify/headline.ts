import type { Difference } from '@passmuster/core/manifest/compare.ts';
import { code, type Inline } from '@passmuster/core/page.ts';
import { bytes, count, plural } from '@passmuster/report/quantity.ts';
import { type Findings, passes } from './findings.ts';
import { VERSION_FILE } from './version.ts';

/** In the order in which people ask. */
export const KINDS = ['changed', 'missing', 'extra', 'refused'] as const;

const tally = (differences: readonly Difference[]): string =>
  KINDS.flatMap((what) => {
    const amount = differences.filter((each) => each.what === what).length;
    return amount > 0 ? [`${count(amount)} ${what}`] : [];
  }).join(', ');

const LONGEST_VERSION = 80;

function versionWords({ version }: Findings): Inline[] {
  if (version?.matches !== false) return [];
  const { found, expected, reason = 'is not there' } = version;
  const file = code(VERSION_FILE);
  if (found === undefined) return [file, ` ${reason}, so it does not hold `, code(expected)];
  const held = found === '' ? 'nothing' : code(found.slice(0, LONGEST_VERSION));
  return [file, ' holds ', held, ', not ', code(expected)];
}

function goodWords({ manifestFile, same, written, replaced }: Findings): Inline[] {
  const size = bytes(same.reduce((sum, file) => sum + file.size, 0));
  const all = `${plural(same.length, 'file')} (${size})`;
  const manifest = code(manifestFile);
  if (written === 'unchanged') return [manifest, ` already lists ${all}`];
  if (written === 'replaced') {
    const change =
      replaced === undefined
        ? 'the earlier one could not be read'
        : `${plural(replaced, 'file')} differ from the earlier one`;
    return [manifest, ` was replaced and now lists ${all}; ${change}`];
  }
  if (written) return [manifest, ` now lists ${all}`];
  return [`${all} ${same.length === 1 ? 'is' : 'are'} as listed in `, manifest];
}

/** The whole verdict in one line; a wrong version and a wrong checksum are told apart. */
export function headline(findings: Findings): Inline[] {
  if (passes(findings)) return goodWords(findings);
  const { manifestFile, differences, written } = findings;
  const wrongVersion = versionWords(findings);
  const start: Inline[] = written ? ['no manifest was written: '] : [];
  if (differences.length === 0) {
    return [...start, ...(written ? [] : ['the files are as listed, but ']), ...wrongVersion];
  }
  if (!written) start.push('the files are not those listed in ', code(manifestFile), ': ');
  const and = wrongVersion.length > 0 ? ['; and ', ...wrongVersion] : [];
  return [...start, tally(differences), ...and];
}
