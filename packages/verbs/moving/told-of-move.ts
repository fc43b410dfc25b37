import { type Block, code, type Text } from '@passmuster/core/page.ts';
import type { Move } from '@passmuster/core/promotions/record.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { targetRows } from '../traffic/target-shown.ts';
import type { Place } from './place.ts';

const LONGEST_REASON = 500;

/** Why, by whom, and where that is on record; `ticket` is empty where it is on none. */
export function factsBlock(
  { reason, who, id }: Pick<Move, 'reason' | 'who' | 'id'>,
  ticket: string,
  { registry, ledger, target }: Pick<Place, 'registry' | 'ledger' | 'target'>,
): Block {
  const { actor, started_by: first, run } = who;
  const items: Text[] = [
    ...(reason === undefined
      ? []
      : [['reason: ', code(quotable(reason, LONGEST_REASON))] satisfies Text]),
    [
      'by: ',
      code(quotable(actor)),
      ...(first === undefined ? [] : [', started by ', code(quotable(first))]),
      ...(run === undefined ? [] : [', in ', code(quotable(run, 300))]),
    ],
    ...(ticket === ''
      ? []
      : [['record: ticket ', code(quotable(ticket)), ' of ', code(ledger.name)] satisfies Text]),
    ['promotion: ', code(quotable(id))],
    ...(target ? targetRows(target) : []).map(([name, value]): Text => [`${name}: `, code(value)]),
    ['registry: ', code(quotable(registry.address, 300))],
  ];
  return { kind: 'list', items };
}

/** Versions that were archived along with a move, and that nobody had counted on. */
export const displacedShown = (displaced: readonly string[]): Text[] =>
  displaced.map(
    (number) =>
      `The registry archived number ${quotable(number)} along with it: somebody had put it into the stage after the last look. If it belongs there, promote it.`,
  );
