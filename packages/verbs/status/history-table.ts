import { moment } from '@passmuster/core/moment.ts';
import type { Block, Text } from '@passmuster/core/page.ts';
import type { Entry } from '@passmuster/core/promotions/summary.ts';
import type { Told, ToldModel } from './told.ts';
import { goesText, whatTexts } from './traffic-words.ts';
import { byText, groundsOf, shown } from './words.ts';

function row(entry: Entry, what: Text): Text[] {
  const { ticket, move, at } = entry;
  return [ticket.number, moment(at), what, goesText(move), byText(move.who), groundsOf(entry)];
}

const COLUMNS = ['ticket', 'when (UTC)', 'what', 'from → to', 'by', 'why'];

function acceptedBlocks({ problems }: ToldModel): Block[] {
  const items = problems
    .filter(({ isAccepted }) => isAccepted)
    .map(({ message }): Text => `Accepted by \`settle\`: ${message}`);
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

/** Who moved what when and why, the newest first. */
export function historyBlocks({ inputs }: Told, model: ToldModel): Block[] {
  const of = inputs.model === undefined ? [shown(model.model), ', '] : [];
  const tables = model.environments.flatMap(({ environment, entries }): Block[] => {
    if (entries.length === 0) return [];
    const what = whatTexts(entries);
    const rows = entries.toReversed().map((entry) => row(entry, what.get(entry) ?? ''));
    return [
      { kind: 'heading', text: ['History of ', ...of, shown(environment.name)] },
      { kind: 'table', columns: COLUMNS, rows },
    ];
  });
  return [...tables, ...acceptedBlocks(model)];
}
