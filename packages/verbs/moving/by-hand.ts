import { isOfRegistry } from '@passmuster/core/promotions/marks.ts';
import { type Step, standOf, type Values } from '@passmuster/core/promotions/step.ts';

const PLAIN = /^(?!["\\])[\p{L}\p{N}\p{P}\p{S} ]$/u;

function escaped(char: string): string {
  if (char === '"' || char === '\\') return `\\${char}`;
  if (PLAIN.test(char)) return char;
  const hex = (char.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}

/** A text as Python reads it, on one line and with everything in it to be seen; it ends nowhere else. */
export const pythonText = (text: string): string => `"${[...text].map(escaped).join('')}"`;

const calling = (method: string, texts: readonly string[], more = ''): string =>
  `client.${method}(${texts.map(pythonText).join(', ')}${more})`;

const toStage = (model: string, number: string, stage: string): string =>
  calling(
    'transition_model_version_stage',
    [model, number, stage],
    ', archive_existing_versions=False',
  );

const numbersIn = (value: string): string[] => value.split(' ').filter((one) => one !== '');

/** What puts one place back; `leaving` are the numbers that go back to a stage of their own. */
function back(
  model: string,
  { kind, place, before }: Step,
  value: string,
  leaving: ReadonlySet<string>,
): string[] {
  if (kind === 'alias') {
    return before === ''
      ? [calling('delete_registered_model_alias', [model, place])]
      : [calling('set_registered_model_alias', [model, place, before])];
  }
  if (kind === 'left') return value === 'deleted' ? [] : [toStage(model, place, before)];
  const [are, were] = [numbersIn(value), numbersIn(before)];
  // Where they have come from nobody knows.
  const strange = are.filter((number) => !were.includes(number) && !leaving.has(number));
  return [
    ...strange.map((number) => toStage(model, number, 'Archived')),
    ...were
      .filter((number) => !are.includes(number))
      .map((number) => toStage(model, number, place)),
  ];
}

/** For MLflow's Python client: what puts each place back that does not stand as before; empty where all do. */
export function byHand(
  { address, model }: { readonly address: string; readonly model: string },
  steps: readonly Step[],
  values: Values,
): string {
  const moved = steps.flatMap((step, at) => {
    if (!isOfRegistry(step)) return [];
    const value = values[at] ?? '';
    return standOf(step, value) === 'before' ? [] : [{ step, value }];
  });
  const leaving = new Set(moved.flatMap(({ step }) => (step.kind === 'left' ? step.place : [])));
  const calls = moved.reverse().flatMap(({ step, value }) => back(model, step, value, leaving));
  if (calls.length === 0) return '';
  const client = `client = MlflowClient(registry_uri=${pythonText(address)})`;
  return ['from mlflow import MlflowClient', client, ...calls].join('\n');
}
