import { InputError, type Problem } from '../errors.ts';
import { Source } from '../shape/source.ts';
import { type Gate, type GateSource, LONGEST_GATE, type Rule } from './gate.ts';
import { withoutComment } from './lines.ts';
import type { Mistake } from './mistake.ts';
import { shown } from './odd-name.ts';

/** More problems than anybody reads; the others are counted only. */
const MOST = 100;

/** What stands before the gate and belongs to the list around it. */
function aroundIt(text: string): Mistake | undefined {
  if (text === '')
    return { at: 0, message: 'The gate is empty.', hint: 'Write one, or take it out.' };
  if (text.length > LONGEST_GATE) {
    return {
      at: LONGEST_GATE,
      message: `The gate has ${text.length} characters; ${LONGEST_GATE} are allowed.`,
      hint: 'Compute what it needs where the model is evaluated, and log that as a metric.',
    };
  }
  const [, sign] = /^(-\s|\w+\s*:)/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  return sign.startsWith('-')
    ? {
        at: 0,
        message: 'The gate begins with a dash.',
        hint: 'Write it without; a list has one only in YAML.',
      }
    : {
        at: sign.length - 1,
        message: `Found ${shown(sign)}, which is no part of a gate.`,
        hint: 'A gate that only warns is `- warn: accuracy >= 0.9` in the policy, without quotes, and `warn: accuracy >= 0.9` in the input `gates`.',
      };
}

function problemOf({ at, message, hint }: Mistake, { text, from, place }: GateSource): Problem {
  if (place === undefined) {
    return { message: `In ${from}: ${message}`, excerpt: new Source(text, from).excerpt(at), hint };
  }
  return { message, place, excerpt: new Source(text, place.file).excerpt(at), hint };
}

type Read = (text: string) => Rule | readonly Mistake[];

/** Reads each text once, however often it is written. */
function remembering(read: Read): Read {
  const known = new Map<string, ReturnType<Read>>();
  return (text) => {
    const rule = known.get(text) ?? read(text);
    known.set(text, rule);
    return rule;
  };
}

function refusal(problems: readonly Problem[]): InputError {
  const rest = problems.length - MOST;
  if (rest <= 0) return new InputError(problems);
  const message = `There are more problems (${rest}) that are not shown.`;
  return new InputError([...problems.slice(0, MOST), { message }]);
}

/**
 * The gates that lines say, or one error with all that is wrong with them. What is said twice at
 * one level is one gate, of whoever says it first. The parser is loaded here, by who has a gate.
 */
export async function readGates(lines: readonly GateSource[]): Promise<readonly Gate[]> {
  if (lines.length === 0) return [];
  const { readRule } = await import('./rule.ts');
  const read = remembering((text) => {
    const around = aroundIt(text);
    return around === undefined ? readRule(text) : [around];
  });
  const gates = new Map<string, Gate>();
  const problems: Problem[] = [];
  for (const line of lines) {
    const source = { ...line, text: withoutComment(line.text) };
    const rule = read(source.text);
    const key = `${source.level} ${source.text}`;
    if ('comparison' in rule) {
      if (!gates.has(key)) gates.set(key, { ...source, ...rule });
    } else problems.push(...rule.map((mistake) => problemOf(mistake, source)));
  }
  if (problems.length > 0) throw refusal(problems);
  return [...gates.values()];
}
