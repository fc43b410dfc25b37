import type { Difference } from '@passmuster/core/manifest/compare.ts';
import { type Block, code, type Page, type Text } from '@passmuster/core/page.ts';
import { twinKey } from '@passmuster/core/paths.ts';
import { plural } from '@passmuster/report/quantity.ts';
import type { Findings } from './findings.ts';
import { headline, KINDS } from './headline.ts';
import type { VerifyReport } from './report.ts';
import { VERSION_FILE } from './version.ts';

const MOST_ROWS = 200;
const DIGITS = 12;

type State = NonNullable<Difference['expected']>;

const paragraph = (...text: (string | { readonly code: string })[]): Block => ({
  kind: 'paragraph',
  text,
});

function sizeOf(state: State | undefined): string {
  if (state === undefined) return '—';
  return state.size === undefined ? 'listed' : plural(state.size, 'byte');
}

/** Only what tells the two apart; the JSON report has the rest. */
function statesOf({ expected, found }: Difference): [Text, Text] {
  const sameSize = expected?.size === undefined || expected.size === found?.size;
  if (expected === undefined || found === undefined || !sameSize) {
    return [sizeOf(expected), sizeOf(found)];
  }
  const by = expected.md5 === undefined ? 'sha256' : 'md5';
  const digest = (state: State): Text => code(`${by} ${state[by]?.slice(0, DIGITS)}…`);
  return [digest(expected), digest(found)];
}

function tableOf(differences: readonly Difference[]): Block[] {
  const read = KINDS.flatMap((kind) =>
    differences.filter(({ what }) => what === kind && what !== 'refused'),
  );
  if (read.length === 0) return [];
  const rows = read
    .slice(0, MOST_ROWS)
    .map((each): Text[] => [each.what, code(each.path), ...statesOf(each)]);
  return [{ kind: 'table', columns: ['', 'file', 'expected', 'found'], rows, of: read.length }];
}

function refusedBlocks(differences: readonly Difference[]): Block[] {
  const refused = differences.filter(({ what }) => what === 'refused');
  if (refused.length === 0) return [];
  const items = refused
    .slice(0, MOST_ROWS)
    .map(({ path, reason = '' }): Text => [code(path), ` ${reason}`]);
  return [paragraph('Refused:'), { kind: 'list', items, of: refused.length }];
}

/** Some systems write a name in another case or Unicode form when they copy it. */
function otherSpellings(differences: readonly Difference[]): Block[] {
  const extra = new Map(
    differences.filter(({ what }) => what === 'extra').map(({ path }) => [twinKey(path), path]),
  );
  const items = differences
    .filter(({ what, path }) => what === 'missing' && extra.has(twinKey(path)))
    .map(
      ({ path }): Text => [code(path), ' may be there as ', code(extra.get(twinKey(path)) ?? '')],
    );
  if (items.length === 0) return [];
  return [
    paragraph('Under another spelling (case or Unicode form), which counts as another file:'),
    { kind: 'list', items: items.slice(0, MOST_ROWS), of: items.length },
  ];
}

function nextStep({ differences, written, note, version, seal }: Findings): Block[] {
  const has = (kind: Difference['what']) => differences.some(({ what }) => what === kind);
  const steps: Block[] = [];
  if (has('extra')) {
    steps.push(paragraph('Files that may be there can be allowed with ', code('allow-extra'), '.'));
  }
  if (differences.length === 0 && version?.matches === false) {
    steps.push(
      paragraph(
        'Fetch the version that was asked for, or ask for the one that is there with ',
        code('expect-version'),
        '.',
      ),
    );
  }
  if (seal?.matches === false && seal.digest === undefined) {
    steps.push(
      paragraph(
        'Register its files as a new version, with ',
        code('path'),
        ', which seals their digest.',
      ),
    );
  }
  const foreign = differences.length === 0 && seal?.digest !== undefined && !seal.matches;
  if (foreign || (!written && (has('changed') || has('missing')))) {
    steps.push(
      paragraph(
        'Fetch the files again from where they were registered. If the change was meant, it is a new version, with a manifest of its own.',
      ),
    );
  }
  if (note && differences.length > 0) steps.push(paragraph(note));
  return steps;
}

function factsOf(
  { allowed, version, seal, skipped = [] }: Findings,
  report: VerifyReport,
): Block[] {
  const items: Text[] = [];
  if (report.digest && report.model_signing_digest) {
    items.push(['root digest: ', code(report.digest)]);
    items.push(['as OpenSSF Model Signing computes it: ', code(report.model_signing_digest)]);
  }
  if (version?.matches) items.push([code(VERSION_FILE), ' holds ', code(version.expected)]);
  if (seal?.matches) {
    const sealed: Text = [
      'sealed for ',
      code(seal.model),
      ' ',
      code(seal.version),
      ', number ',
      code(seal.number),
    ];
    items.push(sealed);
  }
  if (skipped.length > 0)
    items.push(['not looked at: ', ...skipped.flatMap((path) => [code(path), ' '])]);
  if (allowed > 0) items.push(`${plural(allowed, 'other file')} allowed in the folder`);
  return items.length > 0 ? [{ kind: 'list', items }] : [];
}

export const pageOf = (findings: Findings, report: VerifyReport): Page => [
  { kind: 'verdict', verdict: report.verdict, text: headline(findings) },
  ...tableOf(findings.differences),
  ...refusedBlocks(findings.differences),
  ...otherSpellings(findings.differences),
  ...nextStep(findings),
  ...factsOf(findings, report),
];
