import type { Logs } from '../kubelet/logs.ts';
import { RESOURCES } from '../resources.ts';
import type { Store } from '../store/store.ts';
import { type Address, addressOf, resourceAt } from './address.ts';
import type { Answer, Call } from './call.ts';
import { remove, removeAll } from './deletes.ts';
import { discovery, pageNotFound } from './discovery.ts';
import { podLog } from './pod-log.ts';
import { list, type Pages, read } from './reads.ts';
import { REVIEWS, review } from './review.ts';
import { methodNotAllowed, unknownResource } from './status.ts';
import type { Users } from './users.ts';
import { create, patch, replace } from './writes.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly type: string;
  readonly agent: string | undefined;
  readonly token: string | undefined;
}

export interface Served {
  readonly store: Store;
  readonly users: Users;
  readonly logs: Logs;
  readonly pages: Pages;
}

/** Answered at once, or watched. */
export type Outcome = { readonly answer: Answer } | { readonly watch: Call };

function unserved({ group }: Address): Answer {
  if (!RESOURCES.some((one) => one.group === group)) return pageNotFound();
  throw unknownResource();
}

function carriedOut(call: Call, { logs, pages }: Served): Outcome {
  const { address, resource } = call;
  const { verb, subresource } = address;
  if (subresource !== '' && !resource.subresources.includes(subresource)) throw unknownResource();
  if (subresource === 'log') {
    if (verb !== 'get') throw methodNotAllowed();
    return { answer: podLog(call, logs) };
  }
  if (verb === 'watch') return { watch: call };
  if (verb === 'list') return { answer: list(call, pages) };
  if (verb === 'get') return { answer: read(call) };
  if (address.name === '' && (verb === 'patch' || verb === 'update')) throw methodNotAllowed();
  if (verb === 'patch') return { answer: patch(call) };
  if (verb === 'update') return { answer: replace(call) };
  if (subresource !== '') throw methodNotAllowed();
  if (verb === 'create') {
    if (address.name !== '') throw methodNotAllowed();
    return { answer: create(call) };
  }
  return { answer: verb === 'delete' ? remove(call) : removeAll(call) };
}

/** Who asks is settled first, then whether it may, and only then what there is. */
export function outcomeOf(asked: Asked, served: Served): Outcome {
  const { method, path, query, token } = asked;
  const { users, store } = served;
  const address = addressOf(method, path, query);
  if (!address) return { answer: discovery(path, users, token) };
  if (address.plural === REVIEWS && address.group === 'authorization.k8s.io') {
    if (token === undefined) users.check(token, address);
    return { answer: review(asked.body, users, token) };
  }
  users.check(token, address);
  const resource = resourceAt(address);
  if (!resource) return { answer: unserved(address) };
  const { body, type, agent } = asked;
  return carriedOut({ store, resource, address, query, body, type, agent }, served);
}
