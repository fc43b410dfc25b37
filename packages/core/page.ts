/** What a person is to see, as data. Renderers escape; nothing here is markup. */

/** Literal text of a program (a path, a digest, a metric), set apart from prose. */
export interface Code {
  readonly code: string;
}

export type Inline = string | Code;
export type Text = Inline | readonly Inline[];

export type Verdict = 'pass' | 'fail' | 'inconclusive';

/** What stands first on a page: a verdict, or that there is none because the run ended early. */
export type Mark = Verdict | 'error';

export type Block =
  | { readonly kind: 'verdict'; readonly verdict: Mark; readonly text: Text }
  | { readonly kind: 'heading'; readonly text: Text }
  | { readonly kind: 'paragraph'; readonly text: Text }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Text[])[];
      /** How many rows there were before the table was cut; shown when it is more than there are. */
      readonly of?: number;
    }
  | { readonly kind: 'list'; readonly items: readonly Text[]; readonly of?: number }
  | { readonly kind: 'code'; readonly text: string; readonly language?: string }
  | { readonly kind: 'details'; readonly summary: Text; readonly blocks: Page };

export type Page = readonly Block[];

export const code = (text: string): Code => ({ code: text });

export const partsOf = (text: Text): readonly Inline[] =>
  typeof text === 'string' || 'code' in text ? [text] : text;

/** The words alone. */
export const plainText = (text: Text): string =>
  partsOf(text)
    .map((part) => (typeof part === 'string' ? part : part.code))
    .join('');
