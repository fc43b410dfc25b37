import type { Problem } from '../errors.ts';
import { found } from '../quote.ts';
import { nearest } from '../suggest.ts';
import { readIdentifier, SCHEMES, type Scheme } from './identifier.ts';
import { isCounted } from './registry-number.ts';

/** One meaning that a selector may have. */
export type Reading =
  | { readonly kind: 'identifier'; readonly scheme: Scheme; readonly identifier: string }
  /** The registry's own id. */
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'alias'; readonly alias: string }
  | { readonly kind: 'stage'; readonly stage: string }
  | { readonly kind: 'run'; readonly run: string }
  | { readonly kind: 'latest' };

/** Why a selector can mean nothing: a sentence that finishes "the selector …". */
interface RefusedSelector {
  readonly refused: string;
  readonly hint?: string;
}

/** What a selector may mean. */
export type Selector = readonly Reading[] | RefusedSelector;

/** Longer ones are no id of anything; MLflow's own are integers of a database. */
export const LONGEST_SELECTOR = 256;
const MOST_DIGITS = 18;

/** What a selector of each kind begins with where it is typed. */
export const PREFIXES = {
  semantic: 'semver',
  commit: 'commit',
  timestamp: 'timestamp',
  number: 'number',
  alias: 'alias',
  stage: 'stage',
  run: 'run',
} as const;

/** The selector that can mean nothing else. */
export function typed(reading: Reading): string {
  switch (reading.kind) {
    case 'identifier':
      return `${PREFIXES[reading.scheme]}:${reading.identifier}`;
    case 'number':
      return `${PREFIXES.number}:${reading.number}`;
    case 'alias':
      return `${PREFIXES.alias}:${reading.alias}`;
    case 'stage':
      return `${PREFIXES.stage}:${reading.stage}`;
    case 'run':
      return `${PREFIXES.run}:${reading.run}`;
    case 'latest':
      return 'latest';
  }
}

function identifier(scheme: Scheme, text: string): Selector {
  const read = readIdentifier(text, scheme);
  if ('identifier' in read) return [{ kind: 'identifier', scheme, ...read }];
  return { refused: `has ${found(text)} after \`${PREFIXES[scheme]}:\`, which ${read.refused}` };
}

const READERS: ReadonlyMap<string, (text: string) => Selector> = new Map([
  ...SCHEMES.map(
    (scheme) => [PREFIXES[scheme], (text: string) => identifier(scheme, text)] as const,
  ),
  [PREFIXES.number, (number) => [{ kind: 'number', number }]],
  [PREFIXES.alias, (alias) => [{ kind: 'alias', alias }]],
  [PREFIXES.stage, (stage) => [{ kind: 'stage', stage }]],
  [PREFIXES.run, (run) => [{ kind: 'run', run }]],
]);

function typedSelector(prefix: string, text: string): Selector {
  const read = READERS.get(prefix);
  const known = [...READERS.keys()];
  if (read === undefined) {
    const meant = nearest(prefix, known);
    return {
      refused: `starts with ${found(`${prefix}:`)}; expected one of ${known.map((one) => `\`${one}:\``).join(', ')}`,
      ...(meant !== undefined && { hint: `Did you mean \`${meant}:\`?` }),
    };
  }
  return text === '' ? { refused: `has nothing after \`${prefix}:\`` } : read(text);
}

/** A word is the name of a stage only where it can be nothing else; an alias always has its `@`. */
function bareSelector(text: string): Selector {
  if (text === 'latest') return [{ kind: 'latest' }];
  const identifiers = SCHEMES.flatMap((scheme): Reading[] => {
    const read = readIdentifier(text, scheme);
    return 'identifier' in read ? [{ kind: 'identifier', scheme, ...read }] : [];
  });
  const number: Reading = { kind: 'number', number: text };
  if (isCounted(text)) {
    return text.length > MOST_DIGITS
      ? { refused: `has more than ${MOST_DIGITS} digits, which no number of a version has` }
      : [...identifiers, number];
  }
  // Some registries number their versions so: 1.2.0.
  if (identifiers.length > 0) return text.startsWith('v') ? identifiers : [...identifiers, number];
  if (/^[vV]?[0-9]+[.\-_]/.test(text) || /^[vV][0-9]+$/.test(text)) {
    const semantic = readIdentifier(text, 'semantic');
    return {
      refused: `looks like a version, but ${'refused' in semantic ? semantic.refused : 'is none'}`,
      hint: 'Write a semantic version as `v1.2.0`, or the registry’s number of it as `7`.',
    };
  }
  return [{ kind: 'stage', stage: text }];
}

/** What a selector may mean, without asking anybody. */
export function parseSelector(text: string): Selector {
  if (text === '')
    return {
      refused: 'is empty',
      hint: 'Write `v1.2.0`, `7`, `@alias`, a stage, `run:<id>` or `latest`.',
    };
  if (text.length > LONGEST_SELECTOR)
    return { refused: `has more than ${LONGEST_SELECTOR} characters` };
  if (text.trim() !== text) return { refused: 'has space around it' };
  if (text === '@') return { refused: 'has nothing after `@`' };
  if (text.startsWith('@')) return [{ kind: 'alias', alias: text.slice(1) }];
  const colon = text.indexOf(':');
  return colon < 0
    ? bareSelector(text)
    : typedSelector(text.slice(0, colon), text.slice(colon + 1));
}

/** That a selector can mean nothing, as a message says it. */
export function selectorProblem(text: string, { refused, hint }: RefusedSelector): Problem {
  const message = `The version ${found(text)} ${refused}.`;
  return { message, ...(hint !== undefined && { hint }) };
}
