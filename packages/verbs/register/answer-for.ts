import type { Answer, Ticket } from '@passmuster/core/ledger/ledger.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { ticketText } from './tags.ts';
import { lookAtModel, madeBy } from './world.ts';

/**
 * How a registration ended whose process is gone: the version that it was to make is there or is not.
 * Nothing is finished for it and nothing is taken away: what it wanted is for its own next run to say.
 */
export const answerFor =
  (registry: Registry, ledger: string, model: string, signal: AbortSignal) =>
  async ({ number }: Ticket): Promise<Answer> => {
    const made = madeBy(await lookAtModel(registry, model, signal), ticketText(ledger, number));
    if (made) return { outcome: 'done', result: { number: made.number } };
    return { outcome: 'put-back', result: {} };
  };
