import { isMap } from '../shape/map.ts';
import { parseStrictJson } from '../strict-json.ts';
import { damaged } from './decode.ts';
import type { Content, Holder, Seal, Ticket, TicketOutcome } from './ledger.ts';
import { asciiJson } from './parts.ts';
import { outcomeOf } from './protocol/view.ts';
import { sealDigest, type WrittenTicket, type WrittenView } from './written.ts';

/** What a record holds beside what the verb put into it: the link of the chain. */
export const recordText = (content: Content, previous: Seal | undefined): string =>
  asciiJson({ previous: previous ?? null, content });

const text = (value: unknown): value is string => typeof value === 'string';

const isSeal = (value: unknown): value is Seal =>
  isMap(value) && text(value['number']) && text(value['digest']);

type Fail = (what: string) => never;

function jsonOf(written: string, name: string, fail: Fail): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = parseStrictJson(written, name);
  } catch {
    return fail(`has a ${name} that is no JSON`);
  }
  return isMap(value) ? value : fail(`has a ${name} that is no map`);
}

function recordOf(written: string, fail: Fail): { record: Content; previous?: Seal } {
  const { previous, content } = jsonOf(written, 'record', fail);
  if (!isMap(content)) return fail('has a record without content');
  if (previous === null) return { record: content };
  if (!isSeal(previous)) return fail('has a record that does not name the one before it');
  return { record: content, previous: { number: previous.number, digest: previous.digest } };
}

const RUN = ['server', 'repository', 'id', 'attempt'];
const PROCESS = ['boot', 'namespace', 'started'];

function isHolder(value: unknown): value is Holder {
  if (!isMap(value) || !text(value['actor'])) return false;
  const { run, process } = value;
  if (run !== undefined && !(isMap(run) && RUN.every((key) => text(run[key])))) return false;
  if (process === undefined) return true;
  return (
    isMap(process) &&
    Number.isSafeInteger(process['pid']) &&
    PROCESS.every((key) => text(process[key]))
  );
}

function holderOf(written: string, fail: Fail): Holder {
  const value: unknown = jsonOf(written, 'holder', fail);
  if (isHolder(value)) return value;
  return fail('has a holder that cannot be read');
}
interface End {
  readonly outcome: TicketOutcome;
  readonly result: string;
  readonly digest: string;
}

/** How it ended and what covers that; nothing while it has no outcome, and of one that was repeated. */
function endOf(view: WrittenView, ticket: WrittenTicket): End | undefined {
  if (view.repeated.has(ticket.number)) return undefined;
  const outcome = outcomeOf(view, ticket.number);
  if (outcome === undefined) return undefined;
  const { result = '', digest = '' } = view.answers.get(ticket.number) ?? ticket;
  return { outcome, result, digest };
}

/** A ticket as the verbs see it. Throws a conflict when it was edited after it was sealed. */
export function ticketOf(ledger: string, view: WrittenView, written: WrittenTicket): Ticket {
  const { queue, environment, intent, marks, lease, taken } = written;
  const number = String(written.number);
  const fail: Fail = (what) => {
    throw damaged(ledger, number, what);
  };
  const repeated = view.repeated.has(written.number);
  const end = endOf(view, written);
  if (end !== undefined && sealDigest(written, end.outcome, end.result) !== end.digest) {
    fail('was changed after it had been sealed');
  }
  // A record that came too late, after its ticket had been answered for, is none.
  const isVoid = repeated || end?.outcome === 'void';
  const claimer = view.answerers.get(written.number);
  return {
    number,
    queue,
    environment,
    intent,
    marks,
    holder: holderOf(written.holder, fail),
    lease,
    taken,
    renewals: Number(written.renewed) || 0,
    ...(written.left !== undefined && { left: written.left }),
    ...(written.record !== undefined && !isVoid && recordOf(written.record, fail)),
    ...(claimer !== undefined && { claimedBy: String(claimer) }),
    ...(end && { outcome: end.outcome, digest: end.digest }),
    ...(end && { result: jsonOf(end.result, 'result', fail) }),
    ...(repeated && { outcome: 'void' as const }),
  };
}
