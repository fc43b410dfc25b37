import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import type { Call, VersionQuery } from '@passmuster/core/registry/registry.ts';
import { byNumber, isCounted } from '@passmuster/core/versions/registry-number.ts';
import { boundsOf } from './bounds.ts';
import { versionOf } from './decode-model.ts';
import { isRefused, needs } from './errors.ts';
import { hasTags, versionFilter } from './filters.ts';
import { circle, first, type Page, paged, pageOf, tokenQuery } from './pages.ts';
import type { Wire } from './wire.ts';

/** The smallest cap of the servers that we know is 10,000; answers of so many are too large. */
const PAGE = 1000;
/** Where one is wanted, too: by these it shows whether the server took notice of the order. */
const FEW = 10;

const readPage = pageOf('model_versions', versionOf);
const keyOf = ({ model, number }: ModelVersion): string => JSON.stringify([model, number]);

/** One search: how its pages are asked for. */
interface Search {
  readonly wire: Wire;
  readonly query: VersionQuery;
  readonly what: string;
  readonly ask: (from: From, manner: Manner) => Promise<Page<ModelVersion>>;
}

/** As MLflow can; or with one condition and no order, for those who can no more. */
type Manner = 'whole' | 'plain';

/** Where a page begins: behind a version, or at a token; else at the beginning. */
interface From {
  readonly after?: string;
  readonly token?: string;
}

export function searchVersions(
  wire: Wire,
  query: VersionQuery,
  call: Call | undefined,
): AsyncIterable<ModelVersion> {
  const what = whatOf(query);
  const filter = versionFilter(query);
  const isNewest = query.order !== 'oldest';
  const bounds = boundsOf(call);
  const few = filter.exact ? Math.min(Math.max(query.most ?? PAGE, FEW), PAGE) : PAGE;

  function ask({ after, token = '' }: From, manner: Manner): Promise<Page<ModelVersion>> {
    const behind = after === undefined ? '' : `version_number ${isNewest ? '<' : '>'} ${after}`;
    const asked = manner === 'plain' ? versionFilter(oneOf(query)) : filter;
    const text = [asked.text, behind].filter((part) => part !== '').join(' AND ');
    const order = `version_number ${isNewest ? 'DESC' : 'ASC'}`;
    const fields: [string, string][] = [
      ...(text === '' ? [] : [['filter', text] satisfies [string, string]]),
      ['max_results', String(manner === 'plain' ? PAGE : few)],
      ...(manner === 'whole' ? [['order_by', order] satisfies [string, string]] : []),
      ...tokenQuery(token),
    ];
    const about = { what, call: bounds() };
    const page = wire.get('/model-versions/search', fields, readPage, about);
    return needs('version-search', wire.transport.address, what, page);
  }

  return first(inOrder({ wire, query, what, ask }), query.most, (version) => fits(version, query));
}

const oneOf = ({ model, runId }: VersionQuery): VersionQuery =>
  model === undefined ? { ...(runId !== undefined && { runId }) } : { model };

function whatOf({ model, runId }: VersionQuery): string {
  if (model !== undefined) return `list the versions of model "${quotable(model)}"`;
  return runId === undefined ? 'list versions' : `list the versions of run "${quotable(runId)}"`;
}

/** Not every server filters by everything, and quotes cannot say everything. */
const fits = (version: ModelVersion, { model, runId, tags }: VersionQuery): boolean =>
  (model === undefined || version.model === model) &&
  (runId === undefined || version.runId === runId) &&
  hasTags(version.tags, tags);

async function* inOrder(search: Search): AsyncGenerator<ModelVersion> {
  if (search.query.most !== undefined && search.query.most <= 0) return;
  const page = await firstPage(search);
  if (page && isSorted(page.items, search.query)) yield* followed(search, page);
  else yield* sortedHere(search);
}

/** Nothing where the server will not sort, or not look at tags, as Unity Catalog. */
async function firstPage({ ask }: Search): Promise<Page<ModelVersion> | undefined> {
  try {
    return await ask({}, 'whole');
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  }
}

const orderOf =
  ({ order }: VersionQuery) =>
  (a: ModelVersion, b: ModelVersion): number =>
    order === 'oldest' ? byNumber(a.number, b.number) : byNumber(b.number, a.number);

function isSorted(versions: readonly ModelVersion[], query: VersionQuery): boolean {
  const compare = orderOf(query);
  return versions.every((version, index) => {
    const before = versions[index - 1];
    return before === undefined || compare(before, version) <= 0;
  });
}

async function* sortedHere({ wire, what, query, ask }: Search): AsyncGenerator<ModelVersion> {
  const pages = paged(wire.transport, what, (token) => ask({ token }, 'plain'), keyOf);
  const versions = await Array.fromAsync(pages);
  yield* versions.sort(orderOf(query));
}

/**
 * Page after page. Tokens are offsets, and what others change meanwhile moves them: a version could be
 * passed over. So within a model the next page begins behind the last number, where the server can.
 */
async function* followed(search: Search, start: Page<ModelVersion>): AsyncGenerator<ModelVersion> {
  const keys = new Set<string>();
  const tokens = new Set<string>();
  let canBegin = search.query.model !== undefined;
  let after: string | undefined;
  for (let page = start; ; ) {
    for (const version of page.items) {
      const key = keyOf(version);
      if (!keys.has(key)) yield version;
      keys.add(key);
    }
    if (page.next === '') return;
    const last = page.items.at(-1)?.number ?? '';
    const begun = canBegin && isCounted(last) ? await pageBehind(search, last) : undefined;
    if (begun) {
      after = last;
      page = begun;
      continue;
    }
    canBegin = false;
    if (tokens.has(page.next)) throw circle(search.wire.transport, search.what);
    tokens.add(page.next);
    page = await search.ask({ ...(after !== undefined && { after }), token: page.next }, 'whole');
  }
}

/** Nothing where the server refuses such a filter, as Databricks, or takes no notice of it. */
async function pageBehind(
  { ask, query }: Search,
  last: string,
): Promise<Page<ModelVersion> | undefined> {
  try {
    const page = await ask({ after: last }, 'whole');
    const sign = query.order === 'oldest' ? 1 : -1;
    const isBehind = page.items.every(({ number }) => byNumber(number, last) === sign);
    return isBehind ? page : undefined;
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  }
}
