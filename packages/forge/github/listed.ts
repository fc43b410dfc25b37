import { isMap } from '@passmuster/core/shape/map.ts';
import type { Connection } from './connection.ts';
import { odd, type Permission, unreadable } from './problems.ts';

/** Something to list, and what the token needs for that. */
export interface Question {
  readonly route: `GET /${string}`;
  readonly parameters: object;
  /** "the reviews of …", in messages. */
  readonly what: string;
  readonly permission: Permission;
}

type Item = Readonly<Record<string, unknown>>;

const PER_PAGE = 100;

/** All pages of a list; `more` where there are more items than so many, and not all of them were read. */
export async function listed<Read>(
  connection: Connection,
  question: Question,
  most: number,
  read: (item: Item) => Read | undefined,
  signal: AbortSignal,
): Promise<{ readonly items: readonly Read[]; readonly more: boolean }> {
  const items: Read[] = [];
  let isLast = false;
  for (let page = 1; !isLast && items.length <= most; page++) {
    const { route, parameters, what, permission } = question;
    const asked = { ...parameters, per_page: PER_PAGE, page };
    const answer = await connection.get(route, asked, signal);
    const { status, body } = answer;
    if (status === 403 || status === 404) {
      throw unreadable(connection.apiUrl, what, permission, answer);
    }
    if (status !== 200 || !Array.isArray(body)) throw odd(connection.apiUrl, what, answer);
    for (const item of body) {
      const one = isMap(item) ? read(item) : undefined;
      if (one === undefined) throw odd(connection.apiUrl, what, answer);
      items.push(one);
    }
    isLast = body.length < PER_PAGE;
  }
  return { items: items.slice(0, most), more: items.length > most };
}
