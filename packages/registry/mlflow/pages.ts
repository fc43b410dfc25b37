import { RegistryError } from '@passmuster/core/registry/error.ts';
import type { Transport } from '../http/transport.ts';
import { type Fields, list, text } from './fields.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Empty on the last page. */
  readonly next: string;
}

/** One of MLflow's pages, whose items stand under `key`. */
export const pageOf =
  <Item>(key: string, itemOf: (at: Fields) => Item) =>
  (body: Fields): Page<Item> => ({
    items: list(body, key).map(itemOf),
    next: text(body, 'next_page_token'),
  });

/** `page_token`, from the second page on. */
export const tokenQuery = (token: string): [string, string][] =>
  token === '' ? [] : [['page_token', token]];

/**
 * All items of all pages. Tokens are offsets, so what others write meanwhile can bring an item twice;
 * it comes out once where `keyOf` tells it. A server that gives a token again would never end.
 */
export async function* paged<Item>(
  transport: Transport,
  what: string,
  ask: (token: string) => Promise<Page<Item>>,
  keyOf?: (item: Item) => string,
): AsyncGenerator<Item> {
  const keys = new Set<string>();
  const tokens = new Set<string>();
  let token = '';
  do {
    if (tokens.has(token)) throw circle(transport, what);
    tokens.add(token);
    const page = await ask(token);
    for (const item of page.items) {
      const key = keyOf?.(item);
      if (key !== undefined && keys.has(key)) continue;
      if (key !== undefined) keys.add(key);
      yield item;
    }
    token = page.next;
  } while (token !== '');
}

export const circle = ({ address }: Transport, what: string): RegistryError =>
  new RegistryError(
    { reason: 'unanswered', effect: 'none', lasting: true },
    {
      message: `Could not ${what}: ${address} gave the same \`next_page_token\` twice, so the pages have no end.`,
      hint: 'Check what stands between here and the server: it may drop `page_token`.',
    },
  );

/** The first ones that are wanted, and not one request more. */
export async function* first<Item>(
  items: AsyncIterable<Item>,
  most = Number.POSITIVE_INFINITY,
  isWanted: (item: Item) => boolean = () => true,
): AsyncGenerator<Item> {
  let left = most;
  if (left <= 0) return;
  for await (const item of items) {
    if (!isWanted(item)) continue;
    yield item;
    if (--left <= 0) return;
  }
}
