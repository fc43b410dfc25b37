import { type Block, code, type Text } from '@passmuster/core/page.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import { quotable } from '@passmuster/core/quote.ts';

/** Where something changes, as people call it. */
export function placeShown({ kind, place }: Pick<Step, 'kind' | 'place'>): string {
  const shown = quotable(place, 256);
  if (kind === 'left') return `the stage of number ${shown}`;
  return `the ${kind} ${shown}`;
}

/** What stands there. */
export function valueShown({ kind }: Pick<Step, 'kind'>, value: string): string {
  if (kind === 'left') return value === 'None' ? 'no stage' : quotable(value, 256);
  if (value === '') return kind === 'alias' ? 'not set' : 'no version';
  const several = value.includes(' ');
  const numbers = quotable(value.replaceAll(' ', ', '), 256);
  return `${several ? 'numbers' : 'number'} ${numbers}`;
}

/** What changes, one place a line. */
export const stepsTable = (steps: readonly Step[]): Block => ({
  kind: 'table',
  columns: ['what', 'before', 'after'],
  rows: steps.map((step): Text[] => [
    placeShown(step),
    code(valueShown(step, step.before)),
    code(valueShown(step, step.after)),
  ]),
});

/** What would change. */
export const stepsDiff = (steps: readonly Step[]): Block => ({
  kind: 'code',
  language: 'diff',
  text: steps
    .flatMap((step) => [
      `- ${placeShown(step)}: ${valueShown(step, step.before)}`,
      `+ ${placeShown(step)}: ${valueShown(step, step.after)}`,
    ])
    .join('\n'),
});
