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

/** A text as tags `key.1`, `key.2`, …, in order. */
export function inParts(key: string, text: string): readonly (readonly [string, string])[] {
  const parts: (readonly [string, string])[] = [];
  for (let start = 0; start < text.length; start += LONGEST) {
    parts.push([`${key}.${parts.length + 1}`, text.slice(start, start + LONGEST)]);
  }
  return parts;
}

export const partCount = (text: string): number => Math.ceil(text.length / LONGEST);

/** The text that so many parts hold; nothing when one is missing. */
export function fromParts(tags: Tags, key: string, count: number): string | undefined {
  let text = '';
  for (let part = 1; part <= count; part++) {
    const value = tags.get(`${key}.${part}`);
    if (value === undefined) return undefined;
    text += value;
  }
  return text;
}
