import type { Host } from '../host.ts';
import type { NewVersion } from '../registry/registry.ts';
import type { Request, TicketOutcome } from './ledger.ts';
import { asciiJson, closing, inParts, sha256 } from './parts.ts';
import { markTag, OPEN, sourceOf, TAG } from './tags.ts';
import { sealDigest, type WrittenTicket } from './written.ts';

/** Tags in the order in which they are written. */
export type Writing = readonly (readonly [string, string])[];

const NONCE_BYTES = 16;

/** A creation, which keeps its nonce however often it is sent. */
export interface Creation extends NewVersion {
  readonly nonce: string;
}

function creation(
  ledger: string,
  host: Host,
  kind: 'ticket' | 'claim' | 'answer',
  tags: Writing,
): Creation {
  const nonce = host.random(NONCE_BYTES);
  const head: Writing = [
    [TAG.kind, kind],
    [TAG.state, OPEN],
    [TAG.nonce, nonce],
  ];
  return { model: ledger, source: sourceOf(kind), tags: new Map([...head, ...tags]), nonce };
}

export function newTicket(ledger: string, host: Host, request: Request, lease: number): Creation {
  const { actor, run, process } = host;
  const holder = { actor, ...(run && { run }), ...(process && { process }) };
  const tags: [string, string][] = [
    [TAG.queue, request.queue],
    [TAG.intent, request.intent],
    [TAG.holder, asciiJson(holder)],
    [TAG.lease, String(lease)],
    [TAG.renewed, '0'],
  ];
  if (request.environment !== '') tags.push([TAG.environment, request.environment]);
  for (const [name, value] of request.marks) tags.push([markTag(name), value]);
  return creation(ledger, host, 'ticket', tags);
}

export const newClaim = (
  ledger: string,
  host: Host,
  self: WrittenTicket,
  of: readonly number[],
): Creation =>
  creation(ledger, host, 'claim', [
    [TAG.queue, self.queue],
    [TAG.by, String(self.number)],
    ...sealed(TAG.of, of.join(' ')),
  ]);

export function newAnswer(
  ledger: string,
  host: Host,
  self: WrittenTicket,
  of: WrittenTicket,
  outcome: TicketOutcome,
  result: string,
): Creation {
  const digest = sealDigest(of, outcome, result);
  return creation(ledger, host, 'answer', [
    [TAG.queue, self.queue],
    [TAG.by, String(self.number)],
    [TAG.of, String(of.number)],
    ...inParts(TAG.result, result),
    [TAG.outcome, `${outcome} ${digest} ${closing(result)}`],
  ]);
}

/** The parts of a text, then the tag that says they are complete. */
const sealed = (key: string, text: string): Writing => [
  ...inParts(key, text),
  [key, `${sha256(text)} ${closing(text)}`],
];

export const newRecord = (record: string): Writing => sealed(TAG.record, record);

/** The result where it is long, then in one write the end of the journal, the record and the lock. */
export const newEnd = (self: WrittenTicket, outcome: TicketOutcome, result: string): Writing => [
  ...inParts(TAG.result, result),
  [TAG.state, `${outcome} ${sealDigest(self, outcome, result)} ${closing(result)}`],
];
