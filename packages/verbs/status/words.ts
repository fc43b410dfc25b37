import { commandText } from '@passmuster/core/command-text.ts';
import { runUrl, type WorkflowRun } from '@passmuster/core/host.ts';
import { code, type Inline } from '@passmuster/core/page.ts';
import { hasMoved } from '@passmuster/core/promotions/live.ts';
import type { Move, Mover, Party } from '@passmuster/core/promotions/record.ts';
import type { Entry } from '@passmuster/core/promotions/summary.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { isWorkflowRun } from '@passmuster/core/workflow-run.ts';
import { plural } from '@passmuster/report/quantity.ts';
import type { ToldEnvironment } from './told.ts';

const ADDRESS = 300;
const REASON = 300;

/** Text of others as part of a sentence. */
export const shown = (text: string): Inline => code(quotable(text, REASON));

export function byText({ actor, started_by: first }: Mover): Inline[] {
  return [shown(actor), ...(first === undefined ? [] : [' (started by ', shown(first), ')'])];
}

/** The address of a run as its holder tells it, where it is one. */
export const runOf = (run: WorkflowRun | undefined): string | undefined =>
  run && isWorkflowRun(run) ? runUrl(run) : undefined;

export const runText = (run: string | undefined): Inline[] =>
  run === undefined ? [] : [', in ', code(quotable(run, ADDRESS))];

const DONE = {
  promote: 'promoted',
  rollback: 'rolled back',
  settle: 'settled',
  deploy: 'deployed',
} as const;

/** `promoted`, `promote, put back`, `rollback, STOPPED` */
export function endText({ ticket: { outcome }, move: { verb } }: Entry): string {
  if (hasMoved(outcome)) return DONE[verb];
  if (outcome === 'stopped') return `${verb}, STOPPED`;
  return `${verb}, ${outcome === 'put-back' ? 'put back' : outcome}`;
}

/** That the cluster has moved along with a promotion, or a way back. */
function alongText({ ticket, move: { verb, traffic } }: Entry): Inline[] {
  if (verb === 'deploy' || traffic === undefined || !hasMoved(ticket.outcome)) return [];
  return ['the cluster moved along (', shown(traffic.configmap), ')'];
}

/** On what grounds it was moved, and why. */
export function groundsOf(entry: Entry): Inline[] {
  const { move, approvals, displaced, cause } = entry;
  const { verdict, override, reason } = move;
  const parts: Inline[][] = [];
  if (verdict) parts.push([`verdict ${verdict}`]);
  if (override) {
    const passed = override.passed.map((one) => quotable(one)).join(', ');
    parts.push([
      'OVERRIDDEN: ',
      shown(override.reason),
      passed === '' ? '' : ` (passed over: ${passed})`,
    ]);
  }
  if (approvals > 0) parts.push([plural(approvals, 'approval')]);
  if (reason !== undefined && reason !== override?.reason) parts.push(['reason: ', shown(reason)]);
  const along = alongText(entry);
  if (along.length > 0) parts.push(along);
  if (cause !== undefined) parts.push(['because: ', shown(cause)]);
  if (displaced.length > 0) {
    parts.push([`archived along with it: ${displaced.map((one) => quotable(one)).join(', ')}`]);
  }
  return parts.flatMap((part, at) => (at > 0 ? ['; ', ...part] : part));
}

/** `promoted by alice (ticket 12), verdict pass` */
export function arrivalText({ arrival }: ToldEnvironment): Inline[] {
  if (arrival === undefined) return [];
  const { how, entry } = arrival;
  if (entry === undefined) return ['found there, not judged'];
  const grounds = groundsOf(entry);
  return [
    `${how === 'rolled back' ? 'rolled back to' : how} by `,
    ...byText(entry.move.who),
    ` (ticket ${entry.ticket.number})`,
    ...(grounds.length > 0 ? [', ', ...grounds] : []),
    ...runText(entry.move.who.run),
  ];
}

export const settleCommand = (model: string, environment: string): string =>
  commandText('settle', { model, environment, reason: '…' });

/** `v1.2.0 (7)`, shorter than in a sentence, for a row that is to fit. */
export const partyCell = (party: Party | undefined): Inline[] => {
  if (party === undefined) return ['nobody'];
  const { number, version } = party;
  return version === undefined
    ? ['number ', code(quotable(number))]
    : [code(quotable(version)), ` (${quotable(number)})`];
};

/** `v1.1.0 (6) → v1.2.0 (7)` */
export const moveText = ({ from, to }: Pick<Move, 'from' | 'to'>): Inline[] => [
  ...partyCell(from),
  ' → ',
  ...partyCell(to),
];
