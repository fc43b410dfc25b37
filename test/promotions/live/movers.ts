import { once } from 'node:events';
import { endOf, type Member, startMember } from '../../ledger/contention/member.ts';
import type { Order, Told } from './order.ts';
import type { Errand } from './worker.ts';

const WORKER = new URL('worker.ts', import.meta.url);

/** A process that carries out one order after the other. */
export interface Mover {
  readonly who: string;
  /** Sends an order; it is there to be awaited, or not. */
  carryOut(order: Order): Promise<Told>;
  end(): Promise<void>;
}

interface MoverOptions extends Errand {
  readonly folder: string;
  readonly lease?: string;
}

async function answerOf(member: Member): Promise<Told> {
  const died = member.ended
    .then(() => endOf(member))
    .then(() => Promise.reject(new Error(`${member.who} has gone`)));
  const [told] = await Promise.race([once(member.child, 'message'), died]);
  return told as Told;
}

/** Starts one, and waits until it is there. */
export async function startMover({
  who,
  isElsewhere,
  folder,
  lease,
}: MoverOptions): Promise<Mover> {
  const errand: Errand = { who, isElsewhere };
  const member = startMember({ program: WORKER, who, errand, folder, lease });
  await answerOf(member);
  return {
    who,
    carryOut(order) {
      member.child.send(order);
      return answerOf(member);
    },
    async end() {
      member.child.disconnect();
      await endOf(member);
    },
  };
}
