import type { Problem } from '@passmuster/core/errors.ts';
import { nearest } from '@passmuster/core/suggest.ts';
import type { VerbSpec } from './verb.ts';

/** Flags of the command line itself, which every verb has. */
export const COMMON_FLAGS = {
  json: 'Print the outcome as JSON.',
  debug: 'Show where an error came from.',
  help: 'Show this help.',
} as const;

export type CommonFlag = keyof typeof COMMON_FLAGS;

export interface Flags {
  readonly raw: ReadonlyMap<string, string>;
  readonly common: ReadonlySet<CommonFlag>;
  readonly problems: readonly Problem[];
}

const isCommon = (name: string): name is CommonFlag => Object.hasOwn(COMMON_FLAGS, name);

const isWord = (argument: string | undefined): argument is string =>
  argument !== undefined && !/^--?[a-z]/i.test(argument);

/** `--name value`, `--name=value`, `--switch`, `--no-switch`; lists by repeating the flag. */
export function readFlags(spec: VerbSpec, args: readonly string[]): Flags {
  const raw = new Map<string, string>();
  const common = new Set<CommonFlag>();
  const problems: Problem[] = [];
  const wrong = (message: string, hint?: string) =>
    problems.push({ message, ...(hint && { hint }) });

  function give(name: string, value: string): void {
    const input = spec.inputs[name];
    const earlier = raw.get(name);
    if (earlier === undefined) raw.set(name, value);
    else if (input?.repeats) raw.set(name, `${earlier}\n${value}`);
    else wrong(`--${name} is given twice.`, 'Give it once.');
  }

  function unknown(name: string): void {
    const known = [...Object.keys(spec.inputs), ...Object.keys(COMMON_FLAGS)];
    const meant = nearest(name, known);
    wrong(
      `--${name} is no flag of ${spec.name}.`,
      meant ? `Did you mean --${meant}?` : `passmuster ${spec.name} --help lists them.`,
    );
  }

  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    const [, no = '', name = '', joined] =
      /^--(no-)?([a-z][a-z0-9-]*)(?:=(.*))?$/is.exec(argument) ?? [];
    const whole = no + name;
    if (argument === '-h' || (isCommon(whole) && joined === undefined)) {
      common.add(argument === '-h' ? 'help' : (whole as CommonFlag));
    } else if (name === '') {
      wrong(`${JSON.stringify(argument)} is no flag.`, `Inputs are flags: ${firstFlag(spec)}`);
    } else if (Object.hasOwn(spec.inputs, whole)) {
      const next = args[index + 1];
      const isSwitch = spec.inputs[whole]?.kind === 'boolean';
      if (joined !== undefined) give(whole, joined);
      else if (isSwitch) give(whole, 'true');
      else if (isWord(next)) give(whole, args[++index] ?? '');
      else wrong(`--${whole} needs a value.`, `--${whole}=… takes one that starts with a dash.`);
    } else if (no && spec.inputs[name]?.kind === 'boolean' && joined === undefined) {
      give(name, 'false');
    } else {
      unknown(whole);
    }
  }
  return { raw, common, problems };
}

function firstFlag({ name, inputs }: VerbSpec): string {
  const [first = 'help', input] = Object.entries(inputs)[0] ?? [];
  return `passmuster ${name} --${first} ${input?.example ?? '…'}`;
}
