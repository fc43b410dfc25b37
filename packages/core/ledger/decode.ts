import { PassmusterError } from '../errors.ts';
import { found, quotable } from '../quote.ts';
import type { ModelVersion } from '../registry/entities.ts';
import type { Queue, TicketOutcome } from './ledger.ts';
import { fromParts, sha256 } from './parts.ts';
import { markName, OPEN, TAG } from './tags.ts';
import type { Written, WrittenAnswer, WrittenClaim, WrittenTicket } from './written.ts';

const OUTCOMES: readonly string[] = ['done', 'put-back', 'void', 'stopped', 'settled', 'canary'];
const NUMBER = /^[1-9]\d{0,14}$/;
const NONCE = /^[0-9a-f]{32}$/;
/** The number of parts, or 0 and the text beside it. */
const SEALED = /^(sha256:[0-9a-f]{64}) (?:([1-9]\d{0,3})|0 (.*))$/;
const ENDED = /^([a-z-]{1,20}) (sha256:[0-9a-f]{64}) (?:([1-9]\d{0,3})|0 (.*))$/;
/** From what tests need to what anybody waits. */
const SHORTEST_LEASE = 100;
export const LONGEST_LEASE = 86_400_000;

/** An entry that somebody has changed by hand, or that is none: nothing is guessed from it. */
export function damaged(ledger: string, number: string, what: string): PassmusterError {
  return new PassmusterError('conflict', [
    {
      message: `Version ${quotable(number)} of the ledger "${quotable(ledger)}" ${what}.`,
      hint:
        'It was changed by hand, or written by a newer Passmuster. Put the tag back as it was. ' +
        'To delete the version also lets the others go on, but leaves a gap that stays visible.',
    },
  ]);
}

/** Reads the tags of one version; whatever is not as we would have written it is refused by name. */
class Reader {
  readonly version: ModelVersion;

  constructor(version: ModelVersion) {
    this.version = version;
  }

  fail(what: string): never {
    throw damaged(this.version.model, this.version.number, what);
  }

  optional(tag: string): string | undefined {
    return this.version.tags.get(tag);
  }

  text(tag: string, pattern: RegExp, expected: string): string {
    const value = this.optional(tag);
    if (value !== undefined && pattern.test(value)) return value;
    return this.#unlike(tag, value, expected);
  }

  choice<Value extends string>(tag: string, values: readonly Value[]): Value {
    const value = this.optional(tag);
    const chosen = values.find((one) => one === value);
    return chosen ?? this.#unlike(tag, value, `one of ${values.join(', ')}`);
  }

  number(tag: string): number {
    return Number(this.text(tag, NUMBER, 'the number of a version'));
  }

  get own(): number {
    const { number } = this.version;
    if (!NUMBER.test(number)) this.fail('has no number that says in which order it came');
    return Number(number);
  }

  /** A text in parts whose last tag says that they are complete. */
  sealed(tag: string): string | undefined {
    const value = this.optional(tag);
    if (value === undefined) return undefined;
    const [, digest, count = '0', beside = ''] = SEALED.exec(value) ?? [];
    if (digest === undefined) return this.#unlike(tag, value, 'a digest and a number of parts');
    const text = fromParts(this.version.tags, tag, Number(count), beside);
    if (text === undefined) return this.fail(`lacks one of the ${count} parts of \`${tag}\``);
    if (sha256(text) !== digest) return this.fail(`has another \`${tag}\` than its digest says`);
    return text;
  }

  /** How it ended: outcome, digest and number of parts of the result, in one tag. */
  end(tag: string): { outcome: TicketOutcome; digest: string; result: string } {
    const value = this.optional(tag);
    const [, outcome = '', digest, count = '0', beside = ''] = ENDED.exec(value ?? '') ?? [];
    if (digest === undefined || !isOutcome(outcome)) {
      return this.#unlike(tag, value, 'an outcome, a digest and a number of parts');
    }
    const result = fromParts(this.version.tags, TAG.result, Number(count), beside);
    if (result === undefined) return this.fail(`lacks one of the ${count} parts of its result`);
    return { outcome, digest, result };
  }

  #unlike(tag: string, value: string | undefined, expected: string): never {
    const is = value === undefined ? 'is missing' : `is ${found(value)}`;
    return this.fail(`has a tag that cannot be read: \`${tag}\` ${is}; expected ${expected}`);
  }
}

const isOutcome = (text: string): text is TicketOutcome => OUTCOMES.includes(text);

const QUEUES: readonly Queue[] = ['moves', 'names'];

const ANY = /[\s\S]*/;

const leftBy = (left: string | undefined) => (left === undefined ? {} : { left });

function readTicket(reader: Reader): WrittenTicket {
  const { version } = reader;
  const lease = reader.number(TAG.lease);
  if (lease < SHORTEST_LEASE || lease > LONGEST_LEASE) {
    reader.fail(`has a lease of ${lease} ms; expected ${SHORTEST_LEASE} to ${LONGEST_LEASE}`);
  }
  const record = reader.sealed(TAG.record);
  const marks = new Map<string, string>();
  for (const [tag, value] of version.tags) {
    const name = markName(tag);
    if (name !== undefined) marks.set(name, value);
  }
  const ticket = {
    kind: 'ticket' as const,
    number: reader.own,
    queue: reader.choice(TAG.queue, QUEUES),
    environment: reader.optional(TAG.environment) ?? '',
    intent: reader.text(TAG.intent, ANY, 'a text'),
    nonce: reader.text(TAG.nonce, NONCE, '32 hexadecimal digits'),
    holder: reader.text(TAG.holder, ANY, 'a text'),
    renewed: reader.text(TAG.renewed, ANY, 'a text'),
    ...leftBy(reader.optional(TAG.left)),
    taken: version.created,
    lease,
    marks,
    recorded: record !== undefined,
    ...(record !== undefined && { record }),
  };
  if (reader.optional(TAG.state) === OPEN) return ticket;
  const { outcome, result, digest } = reader.end(TAG.state);
  return { ...ticket, end: outcome, result, digest };
}

function readClaim(reader: Reader): WrittenClaim {
  const [number, by] = [reader.own, reader.number(TAG.by)];
  const list = reader.sealed(TAG.of) ?? reader.fail(`lacks the tag \`${TAG.of}\``);
  const of = list.split(' ').map(Number);
  const sound = of.every((one) => Number.isSafeInteger(one) && one > 0 && one < by);
  if (!sound || by >= number) reader.fail('claims what is not in front of its claimer');
  const [queue, nonce] = [
    reader.choice(TAG.queue, QUEUES),
    reader.text(TAG.nonce, NONCE, '32 hexadecimal digits'),
  ];
  return { kind: 'claim', number, queue, by, of, nonce };
}

function readAnswer(reader: Reader): WrittenAnswer {
  const [number, by, of] = [reader.own, reader.number(TAG.by), reader.number(TAG.of)];
  if (of >= by || by >= number) reader.fail('answers for what is not in front of its author');
  const { outcome, result, digest } = reader.end(TAG.outcome);
  const queue = reader.choice(TAG.queue, QUEUES);
  const nonce = reader.text(TAG.nonce, NONCE, '32 hexadecimal digits');
  return { kind: 'answer', number, queue, by, of, nonce, outcome, result, digest };
}

const KINDS = ['ticket', 'claim', 'answer'] as const;

/** What a version of a ledger says. Throws a conflict that names it and what is wrong with it. */
export function decode(version: ModelVersion): Written {
  const reader = new Reader(version);
  const kind = reader.choice(TAG.kind, KINDS);
  if (kind === 'ticket') return readTicket(reader);
  return kind === 'claim' ? readClaim(reader) : readAnswer(reader);
}
