import { COMMON_FLAGS } from '@passmuster/action-kit/spec/flags.ts';
import type { Input } from '@passmuster/action-kit/spec/input.ts';
import type { Example, VerbSpec } from '@passmuster/action-kit/spec/verb.ts';
import { wrapped } from '@passmuster/report/width.ts';

const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

function flagsOf(spec: VerbSpec, name: string, value: string): string[] {
  if (spec.inputs[name]?.kind === 'boolean')
    return [value === 'true' ? `--${name}` : `--no-${name}`];
  return value.split('\n').map((line) => `--${name} ${shellWord(line)}`);
}

const command = (spec: VerbSpec, { inputs }: Example): string =>
  [
    `passmuster ${spec.name}`,
    ...Object.entries(inputs).flatMap(([name, value]) => flagsOf(spec, name, value)),
  ].join(' ');

function flag([name, input]: [string, Input<unknown>]): [string, string] {
  const value = input.kind === 'boolean' ? '' : ` <${input.choices?.join('|') ?? input.kind}>`;
  const notes = [
    input.required ? 'required' : '',
    input.default && input.kind !== 'boolean' ? `default ${input.default}` : '',
    input.variable ? `or the variable ${input.variable}` : '',
    input.repeats ? 'may be repeated' : '',
    input.example ? `example ${shellWord(input.example)}` : '',
  ].filter(Boolean);
  return [`--${name}${value}`, input.about + (notes.length > 0 ? ` (${notes.join('; ')})` : '')];
}

/** Pairs in two columns; the second is wrapped to the width. */
export function columns(rows: readonly (readonly [string, string])[], width: number): string[] {
  const left = Math.min(28, Math.max(...rows.map(([name]) => name.length))) + 2;
  return rows.flatMap(([name, about]) => {
    const [first = '', ...rest] = wrapped(about, Math.max(20, width - left - 2));
    const head =
      name.length + 2 > left
        ? [`  ${name}`, `  ${' '.repeat(left)}${first}`]
        : [`  ${name.padEnd(left)}${first}`];
    return [...head, ...rest.map((line) => `  ${' '.repeat(left)}${line}`)];
  });
}

/** What `passmuster <verb> --help` prints. */
export const helpText = (spec: VerbSpec, width: number): string =>
  [
    ...wrapped(spec.about, width),
    '',
    `Usage: passmuster ${spec.name} [flags]`,
    '',
    'Examples:',
    ...spec.examples.flatMap((example) => [`  # ${example.title}`, `  ${command(spec, example)}`]),
    '',
    'Flags:',
    ...columns([...Object.entries(spec.inputs).map(flag), ...commonFlags], width),
    '',
    'Permissions of a job’s token:',
    ...(spec.permissions.length === 0
      ? ['  none']
      : columns(
          spec.permissions.map(({ scope, access, reason }) => [`${scope}: ${access}`, reason]),
          width,
        )),
    '',
    'Exit codes: 0 done, 1 refused, 2 wrong input, 3 conflict, 4 upstream failed, 70 bug, 130 and 143 interrupted.',
    '',
  ].join('\n');

const commonFlags = Object.entries(COMMON_FLAGS).map(([name, about]): [string, string] => [
  `--${name}`,
  about,
]);
