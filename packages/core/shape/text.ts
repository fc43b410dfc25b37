import type { Notes, Shape, Trail } from './shape.ts';

/** What a text must match, and the same in words that follow "expected". */
export interface Pattern {
  /** With the `u` flag alone, since JSON Schema has no other. */
  readonly regex: RegExp;
  readonly says: string;
}

export interface TextNotes extends Notes {
  readonly minLength?: number;
  /** In characters (code points). */
  readonly maxLength?: number;
  readonly patterns?: readonly Pattern[];
  /** What is wrong with it that no pattern can say: "holds …; expected …". */
  readonly refuse?: (value: string) => string | undefined;
}

function expectedLength({ minLength = 0, maxLength }: TextNotes): string {
  if (maxLength === undefined) return minLength > 0 ? 'a text that is not empty' : 'a text';
  if (minLength > 1) return `a text of ${minLength} to ${maxLength} characters`;
  return `a text of at most ${maxLength} characters${minLength > 0 ? ', not empty' : ''}`;
}

const longer = (text: string, length: number) => text.length > length && [...text].length > length;

function notText(value: unknown): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  return `Put it in quotes: "${value}".`;
}

export function text(notes: TextNotes): Shape<string> {
  const { description, examples, minLength = 0, maxLength, patterns = [], refuse } = notes;
  const expected = 'a text';

  function read(value: unknown, trail: Trail): string | undefined {
    if (typeof value !== 'string') return trail.unlike(value, expected, () => notText(value));
    const tooShort = minLength > 0 && !longer(value, minLength - 1);
    const tooLong = maxLength !== undefined && longer(value, maxLength);
    if (tooShort || tooLong) return trail.unlike(value, expectedLength(notes));
    const missed = patterns.find(({ regex }) => !regex.test(value));
    if (missed !== undefined) return trail.unlike(value, missed.says);
    const refused = refuse?.(value);
    if (refused === undefined) return value;
    return trail.refuse(() => ({ message: `${trail.subject} ${refused}.` }));
  }

  const pattern = patterns.map(({ regex }) => ({ pattern: regex.source }));
  const schema = () => ({
    type: 'string',
    description,
    ...(minLength > 0 && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(pattern.length > 1 ? { allOf: pattern } : pattern[0]),
    ...(examples && { examples }),
  });

  return { kinds: ['text'], expected, read, schema };
}
