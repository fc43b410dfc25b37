import { quotable } from '@passmuster/core/quote.ts';
import { invalid } from '../refusal.ts';

/** MLflow's form of a token; for clients it is opaque. */
export const tokenAt = (offset: number): string =>
  Buffer.from(`{"offset": ${offset}}`).toString('base64');

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Where a page begins; the first one when there is no token. */
export function offsetIn(token: string | undefined): number {
  if (!token) return 0;
  if (!BASE64.test(token)) throw invalid('Invalid page token, could not base64-decode');
  const text = Buffer.from(token, 'base64').toString();
  const written = /^\s*\{\s*"offset"\s*:\s*"?(\d{1,15})"?\s*\}\s*$/.exec(text)?.[1];
  if (written === undefined || Number(written) === 0) {
    throw invalid(`Invalid page token, decoded value=${quotable(text)}`);
  }
  return Number(written);
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Absent on the last one. */
  readonly next?: string;
}

/** A page, from the rows of it and one more. */
export const pageOf = <Row>(rows: readonly Row[], offset: number, size: number): Page<Row> =>
  rows.length > size ? { rows: rows.slice(0, size), next: tokenAt(offset + size) } : { rows };
