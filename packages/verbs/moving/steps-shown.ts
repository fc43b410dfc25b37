import { STAMP } from '@passmuster/core/cluster/reading/stamp.ts';
import { CONFIGMAP, RESTART, refIn, stoodIn } from '@passmuster/core/cluster/steps.ts';
import { type Block, code, type Text } from '@passmuster/core/page.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import { quotable } from '@passmuster/core/quote.ts';

const workloadShown = (place: string): string => {
  const { kind, namespace, name } = refIn(place);
  return `${quotable(kind)} ${quotable(namespace)}/${quotable(name, 256)}`;
};

/** Where something changes, as people call it. */
export function placeShown({ kind, place }: Pick<Step, 'kind' | 'place'>): string {
  if (kind === RESTART) return workloadShown(place);
  const shown = quotable(place, 320);
  if (kind === 'left') return `the stage of number ${shown}`;
  return kind === CONFIGMAP ? `the ConfigMap ${shown}` : `the ${kind} ${shown}`;
}

const textShown = (text: string | null): string => {
  if (text === null) return 'not there';
  return text === '' ? 'empty' : quotable(text, 256);
};

/** What stands in an object of the cluster, as far as a person wants to know. */
function stoodShown(kind: string, value: string): string {
  const stood = stoodIn(value);
  if (stood === undefined) return value === 'gone' ? 'gone' : quotable(value, 256);
  if (kind === RESTART) {
    const version = stood.annotations[STAMP.version] ?? null;
    return version === null ? 'not stamped' : `runs ${textShown(version)}`;
  }
  return Object.entries(stood.data ?? {})
    .map(([key, text]) => `${quotable(key)}: ${textShown(text)}`)
    .join(', ');
}

/** What stands there. */
export function valueShown({ kind }: Pick<Step, 'kind'>, value: string): string {
  if (kind === CONFIGMAP || kind === RESTART) return stoodShown(kind, value);
  if (kind === 'left') return value === 'None' ? 'no stage' : quotable(value, 256);
  if (value === '') return kind === 'alias' ? 'not set' : 'no version';
  const several = value.includes(' ');
  const numbers = quotable(value.replaceAll(' ', ', '), 256);
  return `${several ? 'numbers' : 'number'} ${numbers}`;
}

/** One thing that changes: of a ConfigMap, each key. */
interface Change {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

function changesIn(step: Step): Change[] {
  const [before, after] = [stoodIn(step.before), stoodIn(step.after)];
  if (step.kind !== CONFIGMAP || !before?.data || !after?.data) {
    const [from, to] = [valueShown(step, step.before), valueShown(step, step.after)];
    return [{ what: placeShown(step), before: from, after: to }];
  }
  const changed = Object.entries(after.data).filter(([key, text]) => before.data?.[key] !== text);
  return changed.map(([key, text]) => ({
    what: `${quotable(key, 256)} in ${placeShown(step)}`,
    before: textShown(before.data?.[key] ?? null),
    after: textShown(text),
  }));
}

/** What changes, one place a line. */
export const stepsTable = (steps: readonly Step[]): Block => ({
  kind: 'table',
  columns: ['what', 'before', 'after'],
  rows: steps
    .flatMap(changesIn)
    .map(({ what, before, after }): Text[] => [what, code(before), code(after)]),
});

/** What would change. */
export const stepsDiff = (steps: readonly Step[]): Block => ({
  kind: 'code',
  language: 'diff',
  text: steps
    .flatMap(changesIn)
    .flatMap(({ what, before, after }) => [`- ${what}: ${before}`, `+ ${what}: ${after}`])
    .join('\n'),
});
