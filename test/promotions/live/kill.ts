import { goodBefore, hasMoved } from '@passmuster/core/promotions/live.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import { liveIn, restProblems, sealedSince } from './judge.ts';
import type { Mover } from './movers.ts';
import type { Order } from './order.ts';
import { withWayBack } from './race.ts';
import { isIn, type Reached, reached } from './reached.ts';
import { look, newVersion, promotion, rollback, type Scene, type State } from './scene.ts';
import { killAt } from './victim.ts';

/** What a run was doing when it was killed, and what comes after it. */
export const CASES = [
  { killed: 'promote', next: 'the same' },
  { killed: 'promote', next: 'another version' },
  { killed: 'promote', next: 'a rollback' },
  { killed: 'rollback', next: 'the same' },
  { killed: 'rollback', next: 'another version' },
] as const;

export type Case = (typeof CASES)[number];

export interface Killing {
  readonly of: Case;
  /** Who comes after. */
  readonly mover: Mover;
  /** As PASSMUSTER_LEASE says it. */
  readonly lease: string;
  /** Milliseconds from the start of the process, or from when it has its ticket. */
  readonly after: number;
  readonly hasTicket: boolean;
}

/** The numbers that a round is about. */
interface Numbers {
  readonly live: string;
  /** Where a rollback from there leads. */
  readonly good: string;
  readonly wanted: string;
  readonly another: string;
}

async function numbersIn(scene: Scene, { histories }: State, live: string): Promise<Numbers> {
  const [good] = goodBefore(histories.production, live);
  if (good === undefined) throw new Error('there is no way back');
  const [wanted, another] = [await newVersion(scene), await newVersion(scene)];
  return { live, good: good.number, wanted, another };
}

function ordersOf(scene: Scene, { killed, next }: Case, { live, wanted, another }: Numbers) {
  const first: Order =
    killed === 'promote'
      ? promotion(scene, 'production', wanted)
      : rollback(scene, 'production', live);
  const nexts: Record<Case['next'], Order> = {
    'the same': first,
    'another version': promotion(scene, 'production', another),
    'a rollback': rollback(scene, 'production', live),
  };
  return { first, second: nexts[next] };
}

/** The moves that must be on record in the end, each once, and what whoever came after must be told. */
function expectedOf({ killed, next }: Case, how: Reached, numbers: Numbers): string {
  const { live, good, wanted, another } = numbers;
  const [to, done] = killed === 'promote' ? [wanted, 'promoted'] : [good, 'rolled-back'];
  const first = `${killed} ${live} ${to}`;
  if (next === 'the same') return `${how === 'its seal' ? 'unchanged' : done}: ${first}`;
  if (next === 'another version') {
    return isIn(how)
      ? `promoted: ${first}, promote ${to} ${another}`
      : `promoted: promote ${live} ${another}`;
  }
  return isIn(how) ? `unchanged: ${first}` : `rolled-back: rollback ${live} ${good}`;
}

const movesSince = (before: State, after: State): string =>
  sealedSince(before, after, 'production')
    .filter(({ outcome }) => hasMoved(outcome))
    .map((ticket) => {
      const move = moveOf(ticket);
      return `${move?.verb} ${move?.from?.number} ${move?.to?.number}`;
    })
    .join(', ');

const { signal } = new AbortController();

/** A run is killed, and one more has to bring everything to rest. */
export async function killOnce(scene: Scene, killing: Killing): Promise<Reached> {
  const { of, mover, lease, after, hasTicket } = killing;
  const before = await withWayBack(scene, mover);
  const numbers = await numbersIn(scene, before, liveIn(before, 'production'));
  const { first, second } = ordersOf(scene, of, numbers);
  const isThere = async () => (await scene.ledger.look(signal)).open.length > 0;
  await killAt(first, lease, { milliseconds: after, ...(hasTicket && { since: isThere }) });
  const how = reached(before, await look(scene));
  const told = await mover.carryOut(second);
  const end = await look(scene);
  const [is, should] = [
    `${told.outputs['outcome']}: ${movesSince(before, end)}`,
    expectedOf(of, how, numbers),
  ];
  const problems = [...restProblems(end), ...(is === should ? [] : [`${is}, not ${should}`])];
  if (problems.length === 0) return how;
  const about = `${of.killed} was killed when it had ${how}; then ${mover.who} did ${of.next}`;
  throw new Error([about, ...problems, JSON.stringify(told)].join('\n'));
}
