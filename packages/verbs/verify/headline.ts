import type { Difference } from '@passmuster/core/manifest/compare.ts';
import { rootDigest } from '@passmuster/core/manifest/root.ts';
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

const short = (digest: string): Inline => code(`${digest.slice(0, 'sha256:'.length + 12)}…`);

function sealWords({ seal, same, listed }: Findings): Inline[] {
  if (seal?.matches !== false) return [];
  const { model, version, number, digest, reason = '' } = seal;
  const what = [code(model), ' ', code(version), ` (number ${number})`];
  if (digest === undefined) return [...what, ` ${reason}, so nothing says what its files are`];
  return [
    listed === false ? 'the files are not those of ' : 'they are not those of ',
    ...what,
    ', which was sealed as ',
    short(digest),
    ', but ',
    short(rootDigest(same)),
  ];
}

function goodWords({ manifestFile, same, written, replaced, seal, listed }: Findings): Inline[] {
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
  const are = `${all} ${same.length === 1 ? 'is' : 'are'}`;
  const sealed = seal ? ['as sealed for ', code(seal.model), ' ', code(seal.version)] : [];
  if (listed === false) return [`${are} `, ...sealed];
  return [`${are} as listed in `, manifest, ...(seal ? [' and ', ...sealed] : [])];
}

/** The whole verdict in one line; a wrong version and a wrong checksum are told apart. */
export function headline(findings: Findings): Inline[] {
  if (passes(findings)) return goodWords(findings);
  const { manifestFile, differences, written, listed } = findings;
  const wrongVersion = versionWords(findings);
  const start: Inline[] = written ? ['no manifest was written: '] : [];
  const wrongSeal = sealWords(findings);
  if (differences.length === 0) {
    const wrong = wrongVersion.length > 0 ? wrongVersion : wrongSeal;
    const but = written || listed === false ? [] : ['the files are as listed, but '];
    return [...start, ...but, ...wrong];
  }
  if (!written) start.push('the files are not those listed in ', code(manifestFile), ': ');
  const and = wrongVersion.length > 0 ? ['; and ', ...wrongVersion] : [];
  return [...start, tally(differences), ...and];
}
