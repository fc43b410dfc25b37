import type { Item } from '../objects.ts';
import { apiVersionOf } from '../resources.ts';
import { type Answer, type Call, ok } from './call.ts';
import { filterOf } from './selectors.ts';
import { badRequest, expired, fromTheFuture, notFound, unreadableVersion } from './status.ts';

export function existing({ store, resource, address }: Call): Item {
  const { namespace, name } = address;
  const item = store.get(resource, resource.namespaced ? namespace : '', name);
  if (!item) throw notFound(resource, name);
  return item;
}

export function checkVersion({ query }: Call): void {
  const asked = query.get('resourceVersion') ?? '';
  if (asked !== '' && !/^\d+$/.test(asked)) {
    throw unreadableVersion(asked);
  }
}

function checkNotFuture({ store, query }: Call): void {
  const asked = Number(query.get('resourceVersion') ?? 0);
  if (asked > store.revision) throw fromTheFuture(asked, store.revision);
}

export function read(call: Call): Answer {
  checkVersion(call);
  checkNotFuture(call);
  return ok(existing(call));
}

/** What is left of a list, for those who read it in pieces. */
export type Pages = Map<string, { readonly revision: number; readonly left: readonly Item[] }>;

const MOST_PAGES = 200;

function startOf(call: Call, pages: Pages): { revision: number; left: readonly Item[] } {
  const { store, query, address, resource } = call;
  const token = query.get('continue') ?? '';
  if (token !== '') {
    const page = pages.get(token);
    if (page) return page;
    if (!token.startsWith('ey')) {
      throw badRequest('invalid continue token: continue key is not valid: it is no token of ours');
    }
    throw expired(
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    );
  }
  checkVersion(call);
  checkNotFuture(call);
  const all = store.list(resource, resource.namespaced ? address.namespace : '');
  return { revision: store.revision, left: all.filter(filterOf(query, resource)) };
}

export function list(call: Call, pages: Pages): Answer {
  const { query, resource } = call;
  const { revision, left } = startOf(call, pages);
  const limit = Number(query.get('limit') ?? 0) || left.length;
  const rest = left.slice(limit);
  const metadata: Record<string, unknown> = { resourceVersion: String(revision) };
  if (rest.length > 0) {
    const start = left[limit - 1]?.metadata.name;
    const token = Buffer.from(
      JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start, of: pages.size }),
    ).toString('base64url');
    pages.set(token, { revision, left: rest });
    for (const oldest of pages.keys()) if (pages.size > MOST_PAGES) pages.delete(oldest);
    metadata['continue'] = token;
    // The server counts only what no selector sifts.
    if (!query.has('labelSelector') && !query.has('fieldSelector')) {
      metadata['remainingItemCount'] = rest.length;
    }
  }
  return ok({
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata,
    // Of a list the server names neither kind nor version again.
    items: left.slice(0, limit).map(({ kind, apiVersion, ...item }) => item),
  });
}
