import { quotable } from '@passmuster/core/quote.ts';
import { invalid } from '../refusal.ts';

/** One piece of a filter. `text` is as it was written; quotes are still around it. */
export interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'operator' | 'sign' | 'word';
  readonly text: string;
}

const LONGEST = 20_000;

const SPACE = /\s+/y;

/** A quote is doubled or has a backslash before it where it does not end the text; both stay in it. */
const SINGLE = /'(?:''|\\'|[^'])*'/y;
const STEP = /(?:[\p{L}_][\p{L}\p{N}_]*|`[^`]*`|"(?:""|\\"|[^"])*")/uy;
const LATER_STEP = /\s*\.\s*(?:[\p{L}\p{N}_]+|`[^`]*`|"(?:""|\\"|[^"])*"|'(?:''|\\'|[^'])*')/uy;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\p{L}_])/iuy;
const OPERATOR = /[<>=!~]+/y;
const SIGN = /[(),;]/y;

const WORDS = new Set(['AND', 'OR', 'NOT', 'LIKE', 'ILIKE', 'RLIKE', 'IN', 'IS', 'NULL']);

const clause = (text: string) =>
  invalid(`Invalid clause(s) in filter string: ${quotable(text, 100)}`);

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  tokens(): Token[] {
    const tokens: Token[] = [];
    this.#take(SPACE);
    while (this.#at < this.#text.length) {
      tokens.push(this.#token());
      this.#take(SPACE);
    }
    return tokens;
  }

  #token(): Token {
    const single = this.#take(SINGLE);
    if (single !== undefined) return { kind: 'text', text: single };
    const number = this.#take(NUMBER);
    if (number !== undefined) return { kind: 'number', text: number };
    const operator = this.#take(OPERATOR);
    if (operator !== undefined) return { kind: 'operator', text: operator };
    const sign = this.#take(SIGN);
    if (sign !== undefined) return { kind: 'sign', text: sign };
    return this.#name();
  }

  /** `tags.a.b`, and also `"a value"`: which of them it is only its place tells. */
  #name(): Token {
    let name = this.#take(STEP);
    if (name === undefined) throw clause(this.#text.slice(this.#at));
    for (let step = this.#take(LATER_STEP); step !== undefined; step = this.#take(LATER_STEP)) {
      name += `.${step.replace(/^\s*\.\s*/, '')}`;
    }
    const word = name.toUpperCase();
    return WORDS.has(word) ? { kind: 'word', text: word } : { kind: 'name', text: name };
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}

/** The pieces of a filter, spaces left out. */
export function tokensOf(filter: string): Token[] {
  if (filter.length > LONGEST) {
    throw invalid(`A filter may have at most ${LONGEST} characters, not ${filter.length}.`);
  }
  if (filter !== '' && filter.trim() === '') {
    throw invalid(`Invalid filter '${quotable(filter)}'. Could not be parsed.`);
  }
  return new Reader(filter).tokens();
}

/** Without the quotes or backticks around it. */
export const bare = (text: string): string =>
  /^(?:'[\s\S]*'|"[\s\S]*"|`[\s\S]*`)$/.test(text) && text.length > 1 ? text.slice(1, -1) : text;
