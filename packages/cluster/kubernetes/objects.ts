import type { WriteCall } from '@passmuster/core/cluster/cluster.ts';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import type { Answer } from '../http/answer.ts';
import { type Fields, isFields, mapIn, mapsIn, textIn } from './fields.ts';
import { jsonOf } from './status.ts';
import type { Ask, Transport } from './transport.ts';
import { judgeAnswer } from './verdict.ts';

export const MERGE_PATCH = 'application/merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';
export const JSON_BODY = 'application/json';

/** Of every write: who it is, that nothing in it may be misspelt, and whether it is only tried. */
export const writeQuery = (call: WriteCall | undefined): Readonly<Record<string, string>> => ({
  fieldManager: 'passmuster',
  fieldValidation: 'Strict',
  ...(call?.dryRun && { dryRun: 'All' }),
});

export function objectOf(answer: Answer, { what }: Ask, { address }: Transport): Fields {
  const object = jsonOf(answer);
  if (isFields(object)) return object;
  throw new ClusterError(
    { reason: 'unanswered', effect: 'unknown', status: answer.status, lasting: true },
    {
      message: `Could not ${what} at ${address}: the server answered ${answer.status}, but with no object of Kubernetes.`,
      hint: 'Check that the address is that of the API server, and that nothing stands in front of it that wants a login.',
    },
  );
}

export const sent = async (transport: Transport, ask: Ask): Promise<Fields> =>
  objectOf(await transport.demand(ask), ask, transport);

/** Nothing where there is none. */
export async function read(transport: Transport, ask: Ask): Promise<Fields | undefined> {
  const answer = await transport.ask(ask);
  if (answer.status === 404 && judgeAnswer(answer).failure.reason === 'missing') return undefined;
  if (answer.status === 200) return objectOf(answer, ask, transport);
  throw transport.failed(ask, answer);
}

export interface Listed {
  readonly items: readonly Fields[];
  readonly resourceVersion: string;
}

const PAGE = '500';
/** Beyond that many pages something is wrong with their end. */
const MOST_PAGES = 200;

/** All pages of a list, as they are at one moment. */
export async function listed(transport: Transport, ask: Ask): Promise<Listed> {
  const items: Fields[] = [];
  let token = '';
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const query = { ...ask.query, limit: PAGE, ...(token !== '' && { continue: token }) };
    const answer = await transport.ask({ ...ask, query });
    // The moment is too long ago by now: once more, from the start.
    if (answer.status === 410 && token !== '') {
      items.length = 0;
      token = '';
      continue;
    }
    if (answer.status !== 200) throw transport.failed(ask, answer);
    const list = objectOf(answer, ask, transport);
    items.push(...mapsIn(list, 'items'));
    const metadata = mapIn(list, 'metadata');
    token = textIn(metadata, 'continue');
    if (token === '') return { items, resourceVersion: textIn(metadata, 'resourceVersion') };
  }
  throw new ClusterError(
    { reason: 'unanswered', effect: 'none', lasting: true },
    { message: `Could not ${ask.what} at ${transport.address}: its list does not end.` },
  );
}
