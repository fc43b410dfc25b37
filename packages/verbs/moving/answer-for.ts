import { CONFIGMAP, isOfCluster, stoodIn } from '@passmuster/core/cluster/steps.ts';
import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Acting, Answer, Ticket, Whole } from '@passmuster/core/ledger/ledger.ts';
import { misfitOf } from '@passmuster/core/promotions/fits.ts';
import { isOfRegistry } from '@passmuster/core/promotions/marks.ts';
import { type Move, moveOf } from '@passmuster/core/promotions/record.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { namesIn } from '@passmuster/core/versions/sealed.ts';
import { type CarriedOut, carriedOut } from './carried-out.ts';
import { doneAs } from './carry.ts';
import type { Place } from './place.ts';

/** A dead ticket that was answered for. */
export interface Answered extends Pick<CarriedOut, 'end' | 'displaced'> {
  readonly ticket: Ticket;
}

type At = Pick<
  Place,
  'registry' | 'ledger' | 'model' | 'ports' | 'environment' | 'target' | 'policy' | 'leavesCluster'
>;

/**
 * Ends what somebody has left: a wish like ours goes on ahead, any other goes back, unless all of it is there
 * already. `answered` is told how that ended.
 */
export const answerFor =
  (place: At, intent: string, answered: (one: Answered) => void) =>
  async (ticket: Ticket, acting: Acting): Promise<Answer> => {
    const move = moveOf(ticket);
    const whole = await place.ledger.whole(place.ports.signal);
    if (move) refuseMisfit(whole, ticket, move, place.ledger.name);
    const steps = move?.steps ?? [];
    if (place.leavesCluster && steps.some(isOfCluster)) {
      answered({ ticket, end: { outcome: 'stopped', strange: [], values: [] }, displaced: [] });
      return { outcome: 'stopped', result: { cause: LEFT_THERE } };
    }
    const isSame = ticket.environment === place.environment.name && ticket.intent === intent;
    const found = { ticket, move, whole, intent: isSame ? intent : undefined };
    const target = await targetFor(place, found);
    const wish = isSame ? 'ahead' : 'back-unless-there';
    const { end, displaced, result } = await carriedOut({ ...place, target }, steps, wish, acting);
    answered({ ticket, end, displaced });
    const isCanary = end.outcome === 'done' && move !== undefined && doneAs(move) === 'canary';
    return { outcome: isCanary ? 'canary' : end.outcome, result };
  };

const LEFT_THERE = 'It was settled as it stood; nothing was written to its cluster.';

/** A ticket that somebody has left, and the ledger that it stands in. */
interface Found {
  readonly ticket: Ticket;
  readonly move: Move | undefined;
  readonly whole: Whole;
  /** Ours, where it is to be gone on with because it has the same. */
  readonly intent: string | undefined;
}

/** Where the steps of a ticket in the cluster are carried out; the ConfigMap is the one that the policy names. */
async function targetFor(
  { target, environment, policy, ports, ledger }: At,
  { ticket, move, whole, intent }: Found,
): Promise<Place['target']> {
  const inCluster = (move?.steps ?? []).filter((step) => !isOfRegistry(step));
  const [first] = inCluster;
  if (move === undefined || first === undefined) return undefined;
  if (target === undefined || !inCluster.every(isOfCluster)) throw notOurs(ticket, first.kind);
  const isHere = ticket.environment === environment.name;
  const configmap = isHere
    ? target.configmap
    : policy.policy?.environments.get(ticket.environment)?.configmap;
  if (configmap === undefined) throw notOurs(ticket, first.kind);
  // Verbs without a cluster never come here, and load none of it.
  const { oddInCluster } = await import('../traffic/own-steps.ts');
  const why = oddInCluster(move, {
    ...{ configmap, intent, environment: ticket.environment, names: namesIn(whole) },
    sealed: whole.history({ environment: ticket.environment }).sealed,
    given: isHere ? target.rollout['model-registry-url'] : undefined,
  });
  if (why !== undefined) throw misfit(ticket, why, ledger.name);
  const there = { ...target, configmap, seen: undefined };
  await refuseElsewhere(there, ticket, inCluster, ports.signal, isHere);
  return there;
}

/** Another environment may be in another cluster: what is not there has not been changed by anybody. */
async function refuseElsewhere(
  { cluster, configmap }: NonNullable<Place['target']>,
  ticket: Ticket,
  steps: readonly Step[],
  signal: AbortSignal,
  isHere: boolean,
): Promise<void> {
  const uid = stoodIn(steps.find(({ kind }) => kind === CONFIGMAP)?.before ?? '')?.uid;
  // Whose ConfigMap is yet to be made, or stays as it is, can be told from nothing.
  if (uid === undefined && isHere) return;
  const there = await cluster.configMap(configmap.place, { signal });
  if (uid !== undefined && (there?.uid === uid || (isHere && there !== undefined))) return;
  throw notOurs(ticket, CONFIGMAP);
}

/** A ticket is only text in the registry, and what it asks for is carried out with our rights. */
function refuseMisfit(whole: Whole, ticket: Ticket, move: Move, ledger: string): void {
  const { sealed } = whole.history({ environment: ticket.environment });
  const why = misfitOf(ticket, move, sealed);
  if (why !== undefined) throw misfit(ticket, why, ledger);
}

const misfit = (ticket: Ticket, why: string, ledger: string): PassmusterError =>
  new PassmusterError('conflict', [
    {
      message: `Ticket ${quotable(ticket.number)} was left open, and none of our runs can have written it as it is: ${quotable(why, 300)}.`,
      hint: `Nothing of it is carried out, and nothing else moves before it is out of the way. If somebody has changed it, put its tags back; else delete version ${quotable(ticket.number)} of the registered model "${quotable(ledger)}", then take what is there with \`settle\`.`,
    },
  ]);

const verbOf = ({ marks }: Ticket): string => marks.get('verb') ?? 'deploy';

const notOurs = (ticket: Ticket, kind: string): PassmusterError => {
  const { number, environment } = ticket;
  return new PassmusterError('conflict', [
    {
      message: `Ticket ${quotable(number)} for ${quotable(environment)} was left by a run of \`${quotable(verbOf(ticket))}\` that also changes a ${quotable(kind)}, which cannot be reached from here.`,
      hint: `Run \`passmuster ${quotable(verbOf(ticket))}\` for ${quotable(environment)} again where its cluster can be reached; it goes on with it or puts it back. Where that cluster is gone for good, \`passmuster settle\` ends it as it stands.`,
    },
  ]);
};
