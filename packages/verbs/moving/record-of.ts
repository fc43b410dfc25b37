import { policyDigest, promotionId } from '@passmuster/core/promotions/identity.ts';
import { markedBy } from '@passmuster/core/promotions/marks.ts';
import type { From, Has, MoveRecord, Party } from '@passmuster/core/promotions/record.ts';
import type { Seen, SeenThere } from './look.ts';
import { partyOf } from './party.ts';
import type { Place } from './place.ts';
import { moverOf } from './who.ts';

/** What was there: as the ledger says it, with what it is called by now, or else as it was found. */
export function fromOf(
  { standing, recorded }: Pick<SeenThere, 'standing' | 'recorded'>,
  { names }: Pick<Seen, 'names'>,
): From | undefined {
  const now = standing.kind === 'version' ? partyOf(standing.version, names) : undefined;
  if (recorded === undefined) return now && { ...now, found: true };
  const { party, ticket, found } = recorded;
  if (party === undefined) return undefined;
  return { ...party, ...now, ...(ticket !== undefined && { ticket }), ...(found && { found }) };
}

/** What a verb knows of its own move. */
type Given = 'id' | 'model' | 'environment' | 'has' | 'marked' | 'at' | 'who' | 'policy';
type Own = Omit<MoveRecord, Given>;

const NOBODY: Party = { number: '' };

type Identified = Pick<Place, 'model' | 'environment' | 'ledger' | 'policy' | 'ports'>;

/** What a move is called, and the digest of the policy by which it is made; empty where there is none. */
export function identityOf(
  { model, environment, ledger, policy: { policy }, ports }: Identified,
  { created = 0 }: Pick<Seen, 'created'>,
  { from, to = NOBODY, share }: Pick<Own, 'from' | 'to'> & { readonly share?: number | undefined },
): { readonly id: string; readonly policy: string } {
  const digest = policy ? policyDigest(policy) : '';
  const identity = {
    repository: ports.host.run?.repository ?? '',
    ledger: ledger.name,
    created,
    model,
    environment: environment.name,
    to,
    policy: digest,
    share,
    ...(from && { from }),
  };
  return { id: promotionId(identity), policy: digest };
}

/** What a move is, with all that every record says: who, when, where, and by whose policy. */
export function recordOf(
  place: Place,
  seen: Pick<Seen, 'created' | 'marks'>,
  own: Own,
): MoveRecord {
  const { model, environment, registry, policy, ports } = place;
  const { hasAlias = true } = environment;
  const { alias, stage } = environment.policy;
  const share = own.traffic?.canary === undefined ? undefined : own.traffic.share;
  const { id, policy: digest } = identityOf(place, seen, { ...own, share });
  const has: Has = { ...(hasAlias && { alias }), ...(stage !== undefined && { stage }) };
  return {
    ...own,
    id,
    model,
    environment: environment.name,
    has,
    marked: own.to ? markedBy(has, own.to.number, own.steps, seen.marks) : {},
    at: new Date(registry.now() ?? ports.clock.now()).toISOString(),
    who: moverOf(ports),
    policy: {
      from: policy.from,
      ...(digest !== '' && { digest }),
      ...(policy.from === 'default-branch' && { commit: policy.commit }),
    },
  };
}
