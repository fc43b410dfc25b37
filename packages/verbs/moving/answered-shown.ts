import { runUrl } from '@passmuster/core/host.ts';
import { code, type Text } from '@passmuster/core/page.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { isWorkflowRun } from '@passmuster/core/workflow-run.ts';
import type { Answered } from './answer-for.ts';

const ENDS = {
  done: 'all of it was there, and it counts as done',
  'put-back': 'it was put back',
  stopped: 'it was left as it stands',
} as const;

const endText = ({ outcome, strange }: Answered['end']): string =>
  strange.length > 0 ? 'it was stopped on somebody else’s value' : ENDS[outcome];

/** What others had left behind, and how that was ended. */
export const answeredShown = (answered: readonly Answered[]): Text[] =>
  answered.map(({ ticket, end }): Text => {
    const { number, environment, holder } = ticket;
    const run = holder.run && isWorkflowRun(holder.run) ? runUrl(holder.run) : undefined;
    return [
      `Ticket ${quotable(number)} for `,
      code(quotable(environment)),
      ' was left behind by ',
      code(quotable(holder.actor)),
      ...(run === undefined ? [] : [' in ', code(quotable(run, 300))]),
      `: ${endText(end)}.`,
    ];
  });
