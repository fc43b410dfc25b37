import * as core from '@actions/core';
import type { Annotation } from '@passmuster/core/outcome.ts';
import { visibleLines } from '@passmuster/core/visible.ts';
import { harmless } from '@passmuster/report/harmless.ts';

/** What the platform keeps of one step: ten of each level, 4,096 characters each. */
const MOST = 10;
const LONGEST = 4096;

const PRINT = { error: core.error, warning: core.warning, notice: core.notice };

const short = (text: string): string => {
  const safe = visibleLines(text).map(harmless).join('\n');
  return safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST - 1).toWellFormed()}…`;
};

function show({ level, message, title, place }: Annotation): void {
  PRINT[level](short(message), {
    ...(title && { title: short(title) }),
    ...(place && { file: short(place.file) }),
    ...(place?.line && { startLine: place.line }),
    ...(place?.column && { startColumn: place.column }),
  });
}

/**
 * All annotations of a step, once and at its end: the platform counts by step and drops what is over. The
 * last of a level says how many there are more.
 */
export function annotate(annotations: readonly Annotation[]): void {
  for (const level of ['error', 'warning', 'notice'] as const) {
    const all = annotations.filter((annotation) => annotation.level === level);
    const shown = all.length > MOST ? all.slice(0, MOST - 1) : all;
    for (const annotation of shown) show(annotation);
    const left = all.length - shown.length;
    if (left > 0) show({ level, message: `… and ${left} more; the step’s summary has them all.` });
  }
}
