import type { Findings } from './findings.ts';

/** Deeper than any report; the scanner itself would not mind. */
const DEEPEST = 64;

export interface Tag {
  readonly kind: 'open' | 'close';
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const NAME = '[\\p{L}_:][\\p{L}\\p{N}_:.-]*';
const SPACE = '[ \\t\\r\\n]';
const OPEN = new RegExp(`<(${NAME})`, 'uy');
const CLOSE = new RegExp(`</(${NAME})${SPACE}*>`, 'uy');
const ATTRIBUTE = new RegExp(
  `${SPACE}+(${NAME})${SPACE}*=${SPACE}*(?:"([^"<]*)"|'([^'<]*)')`,
  'uy',
);
const END = new RegExp(`${SPACE}*(/?)>`, 'uy');
/** Neither of them can stand for more than a character: an entity that is declared could. */
const REFERENCE = /&(?:(?:amp|lt|gt|quot|apos)|#\d{1,7}|#x[\da-fA-F]{1,6});/y;

/** What is passed over, with what ends it. */
const SKIPPED = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/** Goes through the tags of an XML text. There is no document type, so there are no entities. */
class Scanner {
  readonly #text: string;
  readonly #findings: Findings;
  readonly #open: string[] = [];
  #at = 0;
  #hadRoot = false;

  constructor(text: string, findings: Findings) {
    this.#text = text;
    this.#findings = findings;
  }

  *tags(): Generator<Tag> {
    for (this.#content(); this.#at < this.#text.length; this.#content()) {
      if (!this.#skips()) yield* this.#tag();
    }
    const last = this.#open.at(-1);
    if (last !== undefined || !this.#hadRoot) this.#fail('The XML ends too early.');
  }

  /** Goes on to the next `<`; what stands before it must be text of an element. */
  #content(): void {
    const next = this.#text.indexOf('<', this.#at);
    const end = next < 0 ? this.#text.length : next;
    const content = this.#text.slice(this.#at, end);
    if (this.#open.length === 0 && /[^ \t\r\n]/.test(content)) {
      this.#fail('This is no XML: text stands outside of the elements.');
    }
    this.#references(content);
    this.#at = end;
  }

  #references(content: string): void {
    for (let at = content.indexOf('&'); at >= 0; at = content.indexOf('&', at + 1)) {
      REFERENCE.lastIndex = at;
      if (!REFERENCE.test(content))
        this.#fail('This is no XML that is read here: an `&` stands for no character.');
    }
  }

  #skips(): boolean {
    if (this.#text.startsWith('<!DOCTYPE', this.#at)) {
      this.#fail('The XML has a document type (`<!DOCTYPE`), which is not read.');
    }
    const skipped = SKIPPED.find(([start]) => this.#text.startsWith(start, this.#at));
    if (skipped === undefined) return false;
    const [start, stop] = skipped;
    const end = this.#text.indexOf(stop, this.#at + start.length);
    if (end < 0) this.#fail(`The XML ends within \`${start}\`.`);
    this.#at = end + stop.length;
    return true;
  }

  *#tag(): Generator<Tag> {
    const closed = this.#match(CLOSE);
    if (closed) {
      const [, name = ''] = closed;
      if (this.#open.pop() !== name)
        this.#fail('This is no XML: another element is closed here than was opened.');
      yield { kind: 'close', name, attributes: NO_ATTRIBUTES };
      return;
    }
    const [, name] = this.#match(OPEN) ?? [];
    if (name === undefined) return this.#fail('This is no XML: a `<` starts no element here.');
    if (this.#open.length === 0 && this.#hadRoot)
      this.#fail('This is no XML: a second element stands on top.');
    this.#hadRoot = true;
    yield { kind: 'open', name, attributes: this.#attributes() };
    const [, slash] =
      this.#match(END) ?? this.#fail('This is no XML: an element is badly written here.');
    if (slash === '/') yield { kind: 'close', name, attributes: NO_ATTRIBUTES };
    else if (this.#open.push(name) > DEEPEST) {
      this.#fail(`The nesting is deeper than ${DEEPEST} levels here.`);
    }
  }

  #attributes(): ReadonlyMap<string, string> {
    const attributes = new Map<string, string>();
    for (let match = this.#match(ATTRIBUTE); match; match = this.#match(ATTRIBUTE)) {
      const [, name = '', double, single = ''] = match;
      if (attributes.has(name)) this.#fail('This is no XML: an attribute is written twice here.');
      const value = double ?? single;
      this.#references(value);
      attributes.set(name, value);
    }
    return attributes;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match ?? undefined;
  }

  #fail(message: string): never {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    return this.#findings.fail(message, { line });
  }
}

/** The tags of an XML text, in order; an element without content opens and closes. */
export const tagsOf = (text: string, findings: Findings): Generator<Tag> =>
  new Scanner(text, findings).tags();
