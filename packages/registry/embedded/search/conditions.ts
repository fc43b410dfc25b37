import { quotable } from '@passmuster/core/quote.ts';
import { invalid } from '../refusal.ts';
import { bare, type Token, tokensOf } from './tokens.ts';

export type Operand =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number; readonly written: string }
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | { readonly kind: 'none' };

/** One comparison of a filter. */
export interface Condition {
  /** What stands before the dot; empty when there is none. */
  readonly entity: string;
  /** As written, quotes and all. */
  readonly key: string;
  /** `=`, `LIKE`, `NOT IN`, `IS NULL` …, in capitals. */
  readonly comparator: string;
  readonly operand: Operand;
}

/** More than a person writes; SQLite nests only so deep. */
const MOST = 100;

const clause = (tokens: readonly (Token | undefined)[]) =>
  invalid(
    `Invalid clause(s) in filter string: ${quotable(tokens.map((token) => token?.text ?? '').join(' '), 100)}`,
  );

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  conditions(): Condition[] {
    const conditions: Condition[] = [];
    this.#skipAnd();
    while (this.#at < this.#tokens.length) {
      if (conditions.length >= MOST) throw invalid(`A filter may have at most ${MOST} conditions.`);
      conditions.push(this.#condition());
      this.#skipAnd();
    }
    return conditions;
  }

  /** MLflow takes it where there is nothing to join, and misses it nowhere. */
  #skipAnd(): void {
    while (this.#isWord('AND')) this.#at++;
  }

  #condition(): Condition {
    const name = this.#next();
    if (name?.kind === 'sign' && name.text === ';') throw this.#several();
    if (name?.kind === 'text' || name?.kind === 'number') {
      throw invalid(
        `Invalid comparison clause. Expected 'Identifier' found '${quotable(name.text)}'`,
      );
    }
    if (name?.kind !== 'name') throw clause([name]);
    const comparator = this.#comparator(name);
    const [, entity = '', key = name.text] = /^([^.`"']+)\.([\s\S]*)$/.exec(name.text) ?? [];
    return { entity, key, comparator, operand: this.#operand(comparator, name) };
  }

  #several() {
    return this.#at === this.#tokens.length
      ? clause([{ kind: 'sign', text: ';' }])
      : invalid('Search filter contained multiple expression. Provide AND-ed expression list.');
  }

  #comparator(name: Token): string {
    const token = this.#next();
    if (token?.kind === 'operator') return token.text;
    if (token?.kind !== 'word' || token.text === 'AND' || token.text === 'OR') {
      throw clause([name, token]);
    }
    if (token.text === 'IS') {
      const not = this.#takeWord('NOT');
      if (!this.#takeWord('NULL')) throw clause([name, token, this.#peek()]);
      return not ? 'IS NOT NULL' : 'IS NULL';
    }
    if (token.text !== 'NOT') return token.text;
    const negated = this.#next();
    if (negated?.kind !== 'word') throw clause([name, token, negated]);
    return `NOT ${negated.text}`;
  }

  #operand(comparator: string, name: Token): Operand {
    if (comparator.startsWith('IS ')) return { kind: 'none' };
    const token = this.#next();
    if (token?.kind === 'sign' && token.text === '(') return this.#list();
    if (token?.kind === 'number') {
      return { kind: 'number', value: Number(token.text), written: token.text };
    }
    if (token?.kind === 'text' || /^"[\s\S]*"$/.test(token?.text ?? '')) {
      return { kind: 'text', value: bare(token?.text ?? '') };
    }
    if (token?.kind !== 'name') throw clause([name, { kind: 'operator', text: comparator }, token]);
    throw invalid(
      'Parameter value is either not quoted or unidentified quote types used for string value ' +
        `${quotable(token.text)}. Use either single or double quotes.`,
    );
  }

  #list(): Operand {
    const what = 'While parsing a list in the query,';
    const values: string[] = [];
    for (let token = this.#next(); token?.text !== ')'; token = this.#next()) {
      if (token?.kind === 'sign' && token.text === ',' && values.length > 0) continue;
      if (token?.kind !== 'text' && !/^"[\s\S]*"$/.test(token?.text ?? '')) {
        throw invalid(
          `${what} expected string value, punctuation, or whitespace, but got '${quotable(token?.text ?? '')}'`,
        );
      }
      values.push(bare(token?.text ?? ''));
    }
    if (values.length > 0) return { kind: 'list', values };
    throw invalid(`${what} expected a non-empty list of string values, but got empty list`);
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token?.kind === 'word' && token.text === word;
  }

  #takeWord(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#at++;
    return true;
  }
}

/** The comparisons of a filter, which all must hold. */
export const conditionsOf = (filter: string): Condition[] =>
  new Reader(tokensOf(filter)).conditions();
