import { InputError } from './errors.ts';
import { quotable } from './quote.ts';
import { isReserved } from './shape/map.ts';
import { Source } from './shape/source.ts';

const DEEPEST = 64;
/** Twice what the largest manifest holds; a file of many more is made to fill the memory. */
const MOST_VALUES = 1_000_000;
export const MOST_PYTHON_VALUES = 4_000_000;
const MOST_GUESSES = 1_000;

/** What the text is read as. */
interface Dialect {
  readonly mostValues: number;
  readonly literals: readonly (readonly [string, unknown])[];
  /** Whether keys, numbers and halves of characters may be there that readers take differently. */
  readonly lenient: boolean;
}

const END_OF_LINE = 0x0a;
const RETURN = 0x0d;
const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const LIST = 0x5b;
const BACKSLASH = 0x5c;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const FRACTION = /[.eE]/;
/** The rest of a text that is a slice of the file: no escape, no control character, no surrogate. */
const PLAIN = /[ !#-[\]-\ud7ff\ue000-\uffff]*"/y;
/** Where the plain part of a text ends: a quote, the escape sign, a control character. */
const SIGN = /[^ !#-[\]-\uffff]/g;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LITERALS = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;
const STRICT: Dialect = { mostValues: MOST_VALUES, literals: LITERALS, lenient: false };
const PYTHON: Dialect = {
  mostValues: MOST_PYTHON_VALUES,
  literals: [
    ...LITERALS,
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
  ],
  lenient: true,
};
const WORD = /[-+]?[\p{L}_$][\p{L}\p{N}_$]*|./suy;
const PYTHON_ONLY = /^[-+]?(?:NaN|Infinity|nan|inf)$/;

/** JSON as RFC 8259 has it, less or more what the dialect says. */
class Reader {
  readonly #source: Source;
  readonly #dialect: Dialect;
  readonly #text: string;
  readonly #keyAfter = new Map<string, string>();
  #at = 0;
  #values = 0;

  constructor(source: Source, dialect: Dialect) {
    this.#source = source;
    this.#dialect = dialect;
    this.#text = source.text;
  }

  document(): unknown {
    if (this.#text.startsWith('\ufeff')) {
      this.#fail(0, 'The file starts with a byte order mark.', 'Save it as UTF-8 without one.');
    }
    const value = this.#value(1);
    this.#space();
    if (this.#at < this.#text.length) this.#unexpected('the end of the file');
    return value;
  }

  #value(depth: number): unknown {
    this.#space();
    const { mostValues } = this.#dialect;
    if (++this.#values > mostValues) {
      this.#fail(this.#at, `The file holds more than ${mostValues} values.`);
    }
    switch (this.#text.charCodeAt(this.#at)) {
      case QUOTE:
        return this.#string();
      case OBJECT:
        return this.#object(this.#within(depth));
      case LIST:
        return this.#list(this.#within(depth));
      default:
        return this.#number() ?? this.#literal();
    }
  }

  #within(depth: number): number {
    if (depth > DEEPEST) {
      this.#fail(this.#at, `The nesting is deeper than ${DEEPEST} levels here.`);
    }
    this.#at++;
    return depth + 1;
  }

  #object(depth: number): unknown {
    // Not Object.create(null): an object made so is a hash table from the start, and slow.
    const object: Record<string, unknown> = Object.setPrototypeOf({}, null);
    if (this.#takes(OBJECT_END)) return object;
    let key = '';
    do {
      this.#space();
      const start = this.#at;
      key = this.#key(key);
      if (key in object) this.#fail(start, `The key "${quotable(key)}" is written twice.`);
      if (!this.#dialect.lenient && isReserved(key))
        this.#fail(start, `The key "${key}" is not allowed.`);
      if (!this.#takes(COLON)) this.#unexpected('`:`');
      object[key] = this.#value(depth);
    } while (this.#takes(COMMA));
    if (!this.#takes(OBJECT_END)) this.#unexpected('`,` or `}`');
    return object;
  }

  /** Most objects of a file have the same keys in the same order; to guess saves a fifth of it all. */
  #key(before: string): string {
    const start = this.#at;
    if (this.#text.charCodeAt(start) !== QUOTE) this.#unexpected('a key in double quotes');
    const guess = this.#keyAfter.get(before);
    const end = start + 1 + (guess?.length ?? 0);
    if (guess && this.#text.startsWith(guess, start + 1) && this.#text.charCodeAt(end) === QUOTE) {
      this.#at = end + 1;
      return guess;
    }
    const key = this.#string();
    const isPlain = this.#at - start === key.length + 2;
    if (isPlain && this.#keyAfter.size < MOST_GUESSES) this.#keyAfter.set(before, key);
    return key;
  }

  #list(depth: number): unknown[] {
    const list: unknown[] = [];
    if (this.#takes(LIST_END)) return list;
    do list.push(this.#value(depth));
    while (this.#takes(COMMA));
    if (!this.#takes(LIST_END)) this.#unexpected('`,` or `]`');
    return list;
  }

  #string(): string {
    const start = this.#at + 1;
    PLAIN.lastIndex = start;
    if (!PLAIN.test(this.#text)) return this.#specialString();
    this.#at = PLAIN.lastIndex;
    return this.#text.slice(start, this.#at - 1);
  }

  #specialString(): string {
    const start = this.#at++;
    for (let code = this.#nextSign(); code !== QUOTE; code = this.#nextSign()) {
      if (Number.isNaN(code)) this.#fail(start, 'This text has no closing quote.');
      if (code !== BACKSLASH) this.#unexpected('a text without control characters');
      this.#skipEscape();
    }
    this.#at++;
    const text: string = JSON.parse(this.#text.slice(start, this.#at));
    if (!this.#dialect.lenient && !text.isWellFormed())
      this.#fail(start, 'This text holds half of a surrogate pair.');
    return text;
  }

  /** Goes on to the next quote, escape or control character. */
  #nextSign(): number {
    SIGN.lastIndex = this.#at;
    this.#at = SIGN.test(this.#text) ? SIGN.lastIndex - 1 : this.#text.length;
    return this.#code();
  }

  #skipEscape(): void {
    ESCAPE.lastIndex = this.#at;
    if (ESCAPE.test(this.#text)) this.#at = ESCAPE.lastIndex;
    else {
      const letter = quotable(this.#text[this.#at + 1] ?? '');
      this.#fail(this.#at, `\`\\${letter}\` is not an escape that JSON has.`);
    }
  }

  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #number(): number | undefined {
    NUMBER.lastIndex = this.#at;
    if (!NUMBER.test(this.#text)) return undefined;
    const written = this.#text.slice(this.#at, NUMBER.lastIndex);
    const value = Number(written);
    const inexact = !Number.isSafeInteger(value) && !FRACTION.test(written);
    if (!this.#dialect.lenient && (inexact || !Number.isFinite(value))) {
      const size = inexact ? 'an integer beyond 2^53 - 1, which readers round' : 'not finite';
      this.#fail(this.#at, `\`${quotable(written)}\` is ${size}.`);
    }
    this.#at = NUMBER.lastIndex;
    return value;
  }

  #literal(): unknown {
    for (const [word, value] of this.#dialect.literals) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    return this.#unexpected('a value');
  }

  #takes(code: number): boolean {
    this.#space();
    if (this.#code() !== code) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    let code = this.#code();
    while (code === SPACE || code === END_OF_LINE || code === RETURN || code === TAB) {
      this.#at++;
      code = this.#code();
    }
  }

  #unexpected(expected: string): never {
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.#text)?.[0];
    const found = word === undefined ? 'the end of the file' : `\`${quotable(word)}\``;
    const hint = PYTHON_ONLY.test(word ?? '')
      ? "Python's json writes it for a number that is not finite, but JSON has none: leave the key out, or write null."
      : undefined;
    return this.#fail(this.#at, `This is not JSON: found ${found}, expected ${expected}.`, hint);
  }

  #fail(offset: number, message: string, hint?: string): never {
    const said = hint === undefined ? { message } : { message, hint };
    throw new InputError([this.#source.problem(offset, said)]);
  }
}

/**
 * The value that a JSON text holds. Objects have no prototype. Refused is whatever one reader
 * takes and another does not, or takes as something else: keys written twice, numbers that are
 * not finite or not exact, half characters, keys that reach into JavaScript's own objects.
 */
export const parseStrictJson = (text: string, file: string): unknown =>
  new Reader(new Source(text, file), STRICT).document();

/**
 * The value of a JSON text that only reports what was measured: Python's `NaN` and `Infinity` are
 * the numbers that they name, integers are rounded, and any key is a key. A key written twice is
 * still refused.
 */
export const parsePythonJson = (text: string, file: string): unknown =>
  new Reader(new Source(text, file), PYTHON).document();
