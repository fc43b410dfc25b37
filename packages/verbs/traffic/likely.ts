import { STAMP } from '@passmuster/core/cluster/reading/stamp.ts';
import { CONFIGMAP, RESTART, stoodIn } from '@passmuster/core/cluster/steps.ts';
import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import type { ConfigMapPolicy } from '@passmuster/core/policy/policy.ts';
import { canaryIn } from '@passmuster/core/promotions/canary.ts';
import { recordedIn } from '@passmuster/core/promotions/live.ts';
import { type Move, moveOf, type Party } from '@passmuster/core/promotions/record.ts';
import type { SealedName } from '@passmuster/core/versions/sealed.ts';
import { means } from './target.ts';

/** What an open ticket is held against. */
export interface Held {
  readonly sealed: readonly Ticket[];
  readonly names: ReadonlyMap<string, SealedName>;
  readonly configmap: ConfigMapPolicy;
  readonly environment: string;
  /** The base of the artifacts that this run is given. */
  readonly given?: string | undefined;
  /** Ours, where the ticket is to be gone on with because it has the same. */
  readonly intent?: string | undefined;
}

/** What the environment has, in the ledger's own words. */
export const liveParty = (sealed: readonly Ticket[]): Party | undefined =>
  recordedIn(sealed)?.party;

const isCanary = ({ verb, traffic }: Move): boolean =>
  verb === 'deploy' && traffic?.canary !== undefined;

/** To have served what was promoted is not to choose what is. */
function strangeVersion(move: Move, { sealed, names }: Held): string | undefined {
  const { to, verb } = move;
  if (to === undefined) return 'it names no version';
  if (verb === 'deploy' && !isCanary(move) && to.number !== liveParty(sealed)?.number) {
    return `it has number ${to.number} served, which its environment does not have`;
  }
  const isNamed = to.version === undefined || names.get(to.version)?.number === to.number;
  return isNamed ? undefined : `it calls number ${to.number} ${to.version}, which it is not`;
}

/** A wish names what it is for; whoever goes on with it has wished for nothing else. */
function strangeWish(move: Move, { intent, environment, sealed }: Held): string | undefined {
  if (intent === undefined) return undefined;
  const { verb, from, to, traffic } = move;
  const number = to?.number ?? '';
  const had = sealed.some((ticket) => {
    const earlier = moveOf(ticket);
    return earlier?.to?.number === number || earlier?.from?.number === number;
  });
  const back = `rollback ${environment} from ${from?.number ?? ''} to `;
  const isSo = {
    promote: intent === `promote ${environment} to ${number}`,
    rollback: had && [back, `${back}${number}`].includes(intent),
    settle: false,
    deploy: isCanary(move)
      ? intent === `canary ${environment} to ${number} at ${traffic?.share}`
      : intent.startsWith(`deploy ${environment} `),
  }[verb];
  return isSo ? undefined : 'it does something else than what it was taken for';
}

const PERCENT = /^\d{1,3}(?:\.\d{1,6})?$/;

const shareOf = (text: string | null | undefined): number =>
  text === null || text === undefined || text === '' ? 0 : PERCENT.test(text) ? Number(text) : -1;

/** Shares that neither the move is for, nor a canary on record has. */
function strangeShare(
  { steps, traffic }: Move,
  { sealed, configmap: { keys } }: Held,
): string | undefined {
  const ran = canaryIn(sealed)?.traffic.share ?? 0;
  for (const { kind, before, after } of steps) {
    if (kind !== CONFIGMAP) continue;
    const [was, is] = [before, after].map((value) => stoodIn(value)?.data ?? {});
    if (is?.[keys.share] !== undefined && shareOf(is[keys.share]) !== (traffic?.share ?? 0)) {
      return `it gives a canary ${is[keys.share] ?? 'nothing'} %, which it is not for`;
    }
    if (![0, ran].includes(shareOf(was?.[keys.share]))) {
      return `it comes from a canary at ${was?.[keys.share] ?? ''} %, which is on no record`;
    }
    if (is?.[keys.current] === null) return `it takes ${keys.current} away`;
  }
  return undefined;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Stamps that say something else than what is to serve. */
function strangeStamp({ steps, to, traffic }: Move, { sealed }: Held): string | undefined {
  const parties = [to, liveParty(sealed)].filter((party) => party !== undefined);
  for (const { kind, place, after } of steps) {
    if (kind !== RESTART) continue;
    const { annotations = {} } = stoodIn(after) ?? {};
    const [version, config] = [annotations[STAMP.version], annotations[STAMP.config]];
    const isMeant =
      version === '' ||
      [traffic?.current, traffic?.canary].includes(version ?? undefined) ||
      parties.some((party) => means(version ?? undefined, party));
    if (!isMeant || !DIGEST.test(config ?? '')) {
      return `it stamps ${place} with ${version ?? 'nothing'}, which it is not for`;
    }
  }
  return undefined;
}

/** What of an open ticket does not go together, or not with the ledger, as the end of a sentence. */
export const unlikely = (move: Move, held: Held): string | undefined =>
  strangeVersion(move, held) ??
  strangeWish(move, held) ??
  strangeShare(move, held) ??
  strangeStamp(move, held);
