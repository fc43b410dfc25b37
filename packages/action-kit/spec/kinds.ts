import { globProblem } from '@passmuster/core/globs.ts';
import { type Input, kindOf, kindWith, type Options, type Parsed } from './input.ts';

const SHOWN = 60;

/** A raw text as it appears in a message: quoted, controls visible, not endless. */
export const shown = (raw: string): string =>
  JSON.stringify(raw.length > SHOWN ? `${raw.slice(0, SHOWN)}…` : raw);

/** Nearly every text; the other pattern takes longer to compile than the rest of the reading. */
const PLAIN = /^[\x20-\x7e]*$/;

const oneLine = (raw: string): Parsed<string> => {
  if (PLAIN.test(raw)) return { value: raw };
  const control = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.exec(raw)?.[0];
  if (control === undefined) return { value: raw };
  const point = control.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return { problem: `must be one line of text, but holds a control character (U+${point})` };
};

export const text = kindOf<string>({ kind: 'text', parse: oneLine });

export const secret = kindOf<string>({
  kind: 'secret',
  secret: true,
  parse: (raw) =>
    /[\r\n\0]/.test(raw)
      ? { problem: 'must be one line; remove the line break (often one at the end of the secret)' }
      : { value: raw },
});

export const boolean = kindWith<boolean>(
  {
    kind: 'boolean',
    choices: ['true', 'false'],
    parse(raw) {
      if (/^(true|True|TRUE)$/.test(raw)) return { value: true };
      if (/^(false|False|FALSE)$/.test(raw)) return { value: false };
      return { problem: `must be true or false, not ${shown(raw)}` };
    },
  },
  false,
);

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

function between(value: number, { min = -Infinity, max = Infinity }: Bounds): string | undefined {
  if (value >= min && value <= max) return undefined;
  if (max === Infinity) return `must be at least ${min}, not ${value}`;
  if (min === -Infinity) return `must be at most ${max}, not ${value}`;
  return `must be between ${min} and ${max}, not ${value}`;
}

function numeric(kind: string, words: string, pattern: RegExp) {
  const read = (raw: string, bounds: Bounds): Parsed<number> => {
    const value = pattern.test(raw) ? Number(raw.replace(/\s*%$/, '')) : Number.NaN;
    const exact = kind !== 'integer' || Number.isSafeInteger(value);
    if (!Number.isFinite(value) || !exact)
      return { problem: `must be ${words}, not ${shown(raw)}` };
    const problem = between(value, bounds);
    return problem === undefined ? { value } : { problem };
  };
  return <const O extends Options<number> & Bounds>(options: O) =>
    kindOf<number>({ kind, parse: (raw) => read(raw, options) })(options);
}

export const integer = numeric('integer', 'a whole number such as 2', /^[+-]?\d{1,16}$/);

export const number = numeric(
  'number',
  'a number such as 0.25',
  /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i,
);

const anyPercentage = numeric(
  'percentage',
  'a percentage from 0 to 100 such as 25 or 25%',
  /^\d{1,3}(\.\d{1,6})?\s*%?$/,
);

export const percentage = <const O extends Options<number>>(options: O) =>
  anyPercentage<O & Bounds>({ ...options, min: 0, max: 100 });

export const oneOf = <const C extends string, const O extends Options<C>>(
  choices: readonly C[],
  options: O,
) =>
  kindOf<C>({
    kind: 'one of',
    choices,
    parse(raw) {
      const value = choices.find((choice) => choice === raw);
      return value === undefined
        ? { problem: `must be ${choices.join(' or ')}, not ${shown(raw)}` }
        : { value };
    },
  })(options);

const linesOf = (raw: string): string[] =>
  raw
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const lines: (options: Options<readonly string[]>) => Input<readonly string[]> = kindWith(
  {
    kind: 'lines',
    repeats: true,
    parse(raw) {
      const value = linesOf(raw);
      const broken = value.findIndex((line) => 'problem' in oneLine(line));
      return broken === -1
        ? { value }
        : { problem: `holds a control character in line ${broken + 1}` };
    },
  },
  [] as readonly string[],
);

/** Every file is held against every pattern. */
const MOST_PATTERNS = 1000;

export const globs: (options: Options<readonly string[]>) => Input<readonly string[]> = kindWith(
  {
    kind: 'globs',
    repeats: true,
    parse(raw) {
      const value = linesOf(raw);
      if (value.length > MOST_PATTERNS) {
        return { problem: `must be at most ${MOST_PATTERNS} patterns, not ${value.length}` };
      }
      for (const pattern of value) {
        const problem = globProblem(pattern);
        if (problem) return { problem: `holds the pattern ${shown(pattern)}: ${problem}` };
      }
      return { value };
    },
  },
  [] as readonly string[],
);

const DURATION = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?(?:(\d{1,9})ms)?$/;

/** Milliseconds, written as people say it: `90s`, `10m`, `1h30m`. */
export const duration = kindOf<number>({
  kind: 'duration',
  parse(raw) {
    const [whole = '', h = '0', m = '0', s = '0', ms = '0'] = DURATION.exec(raw) ?? [];
    return whole === ''
      ? { problem: `must be a duration such as 90s, 10m or 1h30m, not ${shown(raw)}` }
      : { value: ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000 + Number(ms) };
  },
});
