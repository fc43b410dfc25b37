import { onTestFinished } from 'vitest';
import { type Double, type Options, startDouble } from './double.ts';
import type { Item } from './objects.ts';
import type { Status } from './wire/status.ts';

export const JSON_PATCH = 'application/json-patch+json';
export const MERGE_PATCH = 'application/merge-patch+json';

/** A running double that ends with the test. */
export async function double(options: Options = {}): Promise<Double> {
  const started = await startDouble(options);
  onTestFinished(() => started[Symbol.asyncDispose]());
  return started;
}

export interface Request {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  /** Of the body; a merge patch by default for a PATCH. */
  readonly type?: string;
  /** The admin's by default; an empty one brings none. */
  readonly token?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** As what the test expects it to be. */
  as<T = Item>(): T;
  readonly failure: Status;
}

export async function ask(to: Double, request: Request): Promise<Answered> {
  const { method = 'GET', path, body, token = to.admin } = request;
  const type = request.type ?? (method === 'PATCH' ? MERGE_PATCH : 'application/json');
  const response = await fetch(`${to.url}${path}`, {
    method,
    headers: {
      'user-agent': 'probe/1',
      ...(token !== '' && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const as = <T>(): T => JSON.parse(text) as T;
  return {
    status: response.status,
    headers: response.headers,
    text,
    as,
    get failure() {
      return as<Status>();
    },
  };
}
