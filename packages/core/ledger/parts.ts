import { createHash } from 'node:crypto';
import type { Tags } from '../registry/entities.ts';

/** MLflow 2.22.5 refuses tags of more than 5,000 characters. */
const LONGEST = 4_500;

export const sha256 = (text: string): string =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;

const NOT_ASCII = /[\u007f-\uffff]/g;

const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON in ASCII alone: no database changes its characters, and any cut is between two of them. */
export const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(NOT_ASCII, escaped);

/** What stands before a text that shares the tag which closes it: an outcome, a digest, a number of parts. */
const HEAD = 120;

const sharesTag = (text: string): boolean => text.length <= LONGEST - HEAD;

/** A text as tags `key.1`, `key.2`, …, in order; none where it shares the tag that closes it. */
export function inParts(key: string, text: string): readonly (readonly [string, string])[] {
  if (sharesTag(text)) return [];
  const parts: (readonly [string, string])[] = [];
  for (let start = 0; start < text.length; start += LONGEST) {
    parts.push([`${key}.${parts.length + 1}`, text.slice(start, start + LONGEST)]);
  }
  return parts;
}

/** How the closing tag ends: the number of parts, or none and the text itself, which saves a request. */
export const closing = (text: string): string =>
  sharesTag(text) ? `0 ${text}` : String(Math.ceil(text.length / LONGEST));

/** The text that so many parts hold, or the one beside their number; nothing when one is missing. */
export function fromParts(
  tags: Tags,
  key: string,
  count: number,
  beside: string,
): string | undefined {
  let text = beside;
  for (let part = 1; part <= count; part++) {
    const value = tags.get(`${key}.${part}`);
    if (value === undefined) return undefined;
    text += value;
  }
  return text;
}
