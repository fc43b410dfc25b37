import { quotable } from '@passmuster/core/quote.ts';
import { RegistryError, type RegistryFailure } from '@passmuster/core/registry/error.ts';
import type { Call } from '@passmuster/core/registry/registry.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import type { Ask, Reply, Transport } from '../http/transport.ts';
import { type Fields, Mismatch } from './fields.ts';

const API = '/api/2.0/mlflow';

/** What is asked for, so that a message can say it; and within which bounds. */
export interface About {
  /** As in "could not …". */
  readonly what: string;
  readonly call: Call | undefined;
}

export type Query = readonly (readonly [string, string])[];

/** MLflow's JSON over one transport. Reads may be repeated; each change says whether it may. */
export interface Wire {
  readonly transport: Transport;
  get<Value>(
    path: string,
    query: Query,
    read: (body: Fields) => Value,
    about: About,
  ): Promise<Value>;
  /** A read that MLflow has as POST. */
  search<Value>(
    path: string,
    json: object,
    read: (body: Fields) => Value,
    about: About,
  ): Promise<Value>;
  change<Value>(change: Change, read: (body: Fields) => Value, about: About): Promise<Value>;
}

export interface Change {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly json: object;
  /** Whether doing it twice leaves what doing it once does. */
  readonly repeatable: boolean;
}

/** For calls whose answer says nothing. */
export const nothing = (): void => {};

export function wireOver(transport: Transport): Wire {
  async function send<Value>(
    ask: Omit<Ask, 'what' | 'call'>,
    effect: RegistryFailure['effect'],
    read: (body: Fields) => Value,
    { what, call }: About,
  ): Promise<Value> {
    const path = API + ask.path;
    const reply = await transport.send({ ...ask, path, what, ...(call && { call }) });
    // Where nothing is to be said, some say nothing.
    if (Object.is(read, nothing) && reply.body.length === 0) return read({ value: {}, key: '' });
    return understood(reply, read, (problem) => refusal(transport, reply, what, effect, problem));
  }
  return {
    transport,
    get: (path, query, read, about) =>
      send({ method: 'GET', path, query, repeatable: true, maxBytes: MOST }, 'none', read, about),
    search: (path, json, read, about) =>
      send({ method: 'POST', path, json, repeatable: true, maxBytes: MOST }, 'none', read, about),
    change: (change, read, about) => send(change, 'unknown', read, about),
  };
}

/** A page of 1,000 versions of a ledger, each with some tags of 4,500 characters, is 20 MB. */
const MOST = 64 * 1024 * 1024;

/** What an answer holds; `refuse` makes the error for one that MLflow would not send. */
export function understood<Value>(
  reply: Reply,
  read: (body: Fields) => Value,
  refuse: (problem: string) => Error,
): Value {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(reply.body));
  } catch {
    const type = reply.type === '' ? 'of no type' : `of type ${quotable(reply.type)}`;
    throw refuse(`the answer ${type} is no JSON`);
  }
  if (!isMap(value)) throw refuse('the answer is JSON, but not a map');
  try {
    return read({ value, key: '' });
  } catch (error) {
    if (error instanceof Mismatch) throw refuse(error.message);
    throw error;
  }
}

export function refusal(
  { address }: Transport,
  { status }: Reply,
  what: string,
  effect: RegistryFailure['effect'],
  problem: string,
): RegistryError {
  return new RegistryError(
    { reason: 'unanswered', effect, status, lasting: true },
    {
      message: `Could not ${what}: ${address} does not answer as MLflow does: ${problem}.`,
      hint: 'Check that this is the address of an MLflow server, not of a page or a login before it.',
    },
  );
}
