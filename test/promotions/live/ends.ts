import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import { sealedSince } from './judge.ts';
import type { Order, Told } from './order.ts';
import type { Environment, State } from './scene.ts';

/** A run among others that began together with it. */
export interface Ran {
  readonly who: string;
  readonly order: Order;
  readonly told: Told;
}

/** How a run may end. */
export const ENDS = ['moved', 'refused by a winner', 'unchanged by a winner'] as const;
export type End = (typeof ENDS)[number];

const MOVED = ['promoted', 'rolled-back'];
const WAITED =
  /^production was moved while this run waited: it had .*, and has number (\d+) now by ticket (\d+) for "production", taken by (\S+) at /;

/** It moved: its record is a new ticket, with its name, its verb and where it went. */
function hasMoved({ who, order, told }: Ran, sealed: readonly Ticket[]): boolean {
  const ticket = sealed.find(({ number }) => number === told.outputs['record']);
  const move = ticket && moveOf(ticket);
  return (
    ticket?.outcome === 'done' &&
    move?.verb === order.verb &&
    move.who.actor === who &&
    (move.from?.number ?? '') === told.outputs['from'] &&
    move.to?.number === told.outputs['to'] &&
    (order.verb === 'rollback'
      ? move.from?.number === order.inputs['from']
      : move.to?.number === order.inputs['version'])
  );
}

/** It moved nothing, and names who did: a new ticket, where that led, and whose it is. */
function namesWinner({ who, told }: Ran, sealed: readonly Ticket[]): boolean {
  const [, number, by, actor] = WAITED.exec(told.says) ?? [];
  const ticket = sealed.find((one) => one.number === by);
  const move = ticket && moveOf(ticket);
  return (
    move !== undefined && move.to?.number === number && move.who.actor === actor && actor !== who
  );
}

/** A rollback whose version was taken out by somebody else: it names the ticket that made what is live. */
function findsItOut({ who, order, told }: Ran, sealed: readonly Ticket[]): boolean {
  const ticket = sealed.find(({ number }) => number === told.outputs['record']);
  const move = ticket && moveOf(ticket);
  return (
    move !== undefined &&
    move.who.actor !== who &&
    move.to?.number === told.outputs['to'] &&
    told.outputs['to'] !== order.inputs['from']
  );
}

/** How a run ended, if that was one of the ways in which it may. */
export function endOf(ran: Ran, before: State, after: State): End | undefined {
  const { code, outputs } = ran.told;
  const sealed = sealedSince(before, after, ran.order.inputs['environment'] as Environment);
  const { outcome = '' } = outputs;
  if (code === 0 && MOVED.includes(outcome) && hasMoved(ran, sealed)) return 'moved';
  if (ran.order.verb === 'rollback') {
    return code === 0 && outcome === 'unchanged' && findsItOut(ran, sealed)
      ? 'unchanged by a winner'
      : undefined;
  }
  return code === 3 && namesWinner(ran, sealed) ? 'refused by a winner' : undefined;
}

/** What is wrong with how runs ended that began together: every new ticket is one that somebody was told of. */
export function endProblems(all: readonly Ran[], before: State, after: State): string[] {
  const ends = all.map((ran) => endOf(ran, before, after));
  const wrong = all.flatMap(({ who, order, told }, at) =>
    ends[at] ? [] : [`${who} ended ${order.verb} with ${JSON.stringify(told)}`],
  );
  const environments = new Set(all.map(({ order }) => order.inputs['environment'] as Environment));
  const sealed = [...environments].flatMap((name) => sealedSince(before, after, name));
  const moved = ends.filter((end) => end === 'moved').length;
  return sealed.length === moved && moved > 0
    ? wrong
    : [...wrong, `${moved} were told that they moved it, and ${sealed.length} tickets were sealed`];
}
