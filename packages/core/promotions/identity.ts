import { asciiJson, sha256 } from '../ledger/parts.ts';
import type { Policy } from '../policy/policy.ts';
import type { From, JudgedGate, Party } from './record.ts';
import type { Step } from './step.ts';

/** Where something stands in a file, and what the file is called, decides nothing. */
const NOT_DECIDED = new Set(['place', 'file']);

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;

/** A map or record in the order of its keys, whatever theirs was in the file. */
function inOrder(value: unknown): unknown {
  if (value instanceof Map) return [...value].sort(byKey);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(byKey));
}

/** What a policy decides, whatever its comments and its layout. */
export const policyDigest = (policy: Policy): string =>
  sha256(
    JSON.stringify(policy, (key, value: unknown) =>
      NOT_DECIDED.has(key) ? undefined : inOrder(value),
    ),
  );

/** What makes one promotion another than the next. */
export interface Identity {
  readonly repository: string;
  readonly ledger: string;
  /** When the ledger was made, by the server's clock; 0 where this promotion makes it. */
  readonly created: number;
  readonly model: string;
  readonly environment: string;
  readonly from?: From;
  readonly to: Party;
  readonly policy: string;
  /** Of a canary, in percent: another move than the one that has it serve alone. */
  readonly share?: number | undefined;
}

const DIGITS = 32;

/** The same for the same move again, and another for the same move after a rollback. */
export function promotionId(identity: Identity): string {
  const { repository, ledger, created, model, environment, from, to, policy, share } = identity;
  const parts = [repository, ledger, created, environment, model, from?.number ?? ''];
  const more = [to.number, policy, to.digest ?? '', from?.ticket ?? ''];
  if (share !== undefined) more.push(`canary ${share}`);
  return sha256(asciiJson([...parts, ...more])).slice('sha256:'.length, 'sha256:'.length + DIGITS);
}

/** What is to be done and on what grounds: all that somebody agrees to who agrees to a plan. */
export interface Plan {
  readonly id: string;
  readonly model: string;
  readonly environment: string;
  readonly from?: From;
  readonly to: Party;
  readonly steps: readonly Step[];
  readonly policy: string;
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly gates: readonly JudgedGate[];
  readonly evidence: readonly string[];
}

/** One digest for a plan: planned anew in the same world it is the same. */
export function planDigest(plan: Plan): string {
  const { id, model, environment, from, to, steps, policy, verdict, gates, evidence } = plan;
  const { number = '', ticket = '' } = from ?? {};
  const moves = steps.map(({ kind, place, before, after }) => [kind, place, before, after]);
  const judged = gates.map((one) => [one.gate, one.level, one.verdict, one.value, one.bound]);
  return sha256(
    asciiJson([
      [id, model, environment, number, ticket, to.number, to.digest ?? '', policy, verdict],
      ...[moves, judged, evidence],
    ]),
  );
}
