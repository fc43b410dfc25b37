import { quotable } from '@passmuster/core/quote.ts';
import { invalid } from '../refusal.ts';

const STAGES = ['None', 'Staging', 'Production', 'Archived'] as const;

export type Stage = (typeof STAGES)[number];

/** Of a version that was deleted: its number stays taken, and nobody sees it. */
export const DELETED = 'Deleted_Internal';

/** Those in which a version is at work. */
export const ACTIVE: readonly Stage[] = ['Staging', 'Production'];

export const ALL_STAGES: readonly Stage[] = STAGES;

export function stageOf(text: string): Stage {
  const stage = STAGES.find((one) => one.toLowerCase() === text.toLowerCase());
  if (stage) return stage;
  const choices = STAGES.join(', ');
  throw invalid(`Invalid Model Version stage: ${quotable(text)}. Value must be one of ${choices}.`);
}
