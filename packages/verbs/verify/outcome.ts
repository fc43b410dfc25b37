import type { OutputsOf } from '@passmuster/action-kit/spec/verb.ts';
import { modelSigningDigest, rootDigest } from '@passmuster/core/manifest/root.ts';
import type { Annotation, Outcome } from '@passmuster/core/outcome.ts';
import { plainText } from '@passmuster/core/page.ts';
import { type Findings, passes } from './findings.ts';
import { headline } from './headline.ts';
import { pageOf } from './page.ts';
import type { VerifyReport } from './report.ts';
import type { spec } from './spec.ts';

const MOST_NAMED = 5;

function annotationOf(findings: Findings): string {
  const named = findings.differences
    .slice(0, MOST_NAMED)
    .map(({ what, path }) => `${what}: ${path}`);
  const left = findings.differences.length - named.length;
  return [
    plainText(headline(findings)),
    ...named,
    ...(left > 0 ? [`… and ${left} more`] : []),
  ].join('\n');
}

function annotationsOf(findings: Findings, passed: boolean): Annotation[] {
  const title = 'passmuster verify';
  if (!passed) return [{ level: 'error', title, message: annotationOf(findings) }];
  if (findings.written !== 'replaced') return [];
  return [{ level: 'warning', title, message: plainText(headline(findings)) }];
}

function reportOf(findings: Findings): VerifyReport {
  const {
    folder,
    manifestFile,
    kind,
    same,
    differences,
    allowed,
    version,
    written,
    seal,
    skipped = [],
  } = findings;
  const passed = passes(findings);
  return {
    verdict: passed ? 'pass' : 'fail',
    folder,
    manifest: { file: manifestFile, kind, ...(written && { written }) },
    ...(passed && { digest: rootDigest(same), model_signing_digest: modelSigningDigest(same) }),
    files: same.length,
    bytes: same.reduce((sum, { size }) => sum + size, 0),
    allowed_extra: allowed,
    differences,
    not_looked_at: skipped,
    ...(version && { version }),
    ...(seal && { seal }),
  };
}

/** Findings in words, for people and for programs. */
export function outcomeOf(findings: Findings): Outcome<OutputsOf<typeof spec>> {
  const report = reportOf(findings);
  const passed = report.verdict === 'pass';
  return {
    result: passed ? 'done' : 'refused',
    outputs: {
      verdict: report.verdict,
      digest: report.digest ?? '',
      files: report.files,
    },
    page: pageOf(findings, report),
    report,
    annotations: annotationsOf(findings, passed),
  };
}
