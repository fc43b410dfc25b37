import type { Waiver } from '../policy/policy.ts';
import { endText, hasEnded } from '../policy/until.ts';
import { quotable } from '../quote.ts';
import type { Gate } from './gate.ts';
import type { Judged } from './judge.ts';

/** The waiver of a gate, at some moment. */
export interface Waived {
  readonly waiver: Waiver;
  readonly hasEnded: boolean;
}

/** What a gate came to, and its waiver where it has one, also where it does not need it. */
export interface Ruled extends Judged {
  readonly waived?: Waived;
}

/** The waiver that names a gate; one that has ended only where no other lasts. */
export function waiverOf(
  waivers: readonly Waiver[],
  { level, text }: Pick<Gate, 'level' | 'text'>,
  now: number,
): Waived | undefined {
  if (level === 'warn') return undefined;
  const ofGate = waivers
    .filter(({ gate }) => gate === text)
    .map((waiver) => ({ waiver, hasEnded: hasEnded(waiver.until, now) }));
  return ofGate.find((one) => !one.hasEnded) ?? ofGate[0];
}

const didNotPass = ({ verdict }: Judged): boolean =>
  verdict === 'fail' || verdict === 'inconclusive';

/** Whether a gate did not pass and need not: it stands in nobody's way, and counts for nothing. */
export const isWaived = (one: Ruled): boolean => didNotPass(one) && one.waived?.hasEnded === false;

/** Until when a gate is waived, by whom and why; or that it is not any more. */
export function waivedText({ waiver, hasEnded: ended }: Waived): string {
  const { until } = waiver;
  const approver = quotable(waiver.approver, 100);
  if (ended) return `Its waiver by ${approver} ended ${endText(until)}, so it counts again.`;
  const reason = quotable(waiver.reason, 300).replace(/\.$/, '');
  return `Waived until ${until} by ${approver}: ${reason}.`;
}

/** A gate with its waiver, which a reader is told of where the gate did not pass. */
export function ruled(judged: Judged, waivers: readonly Waiver[], now: number): Ruled {
  const waived = waiverOf(waivers, judged.gate, now);
  if (waived === undefined) return judged;
  if (!didNotPass(judged)) return { ...judged, waived };
  return { ...judged, waived, reasons: [...judged.reasons, waivedText(waived)] };
}
