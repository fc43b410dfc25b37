import { type Block, code, type Inline, type Mark, type Page } from '@passmuster/core/page.ts';
import type { MoveRecord, Party } from '@passmuster/core/promotions/record.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { answeredShown } from '../moving/answered-shown.ts';
import { partyShown } from '../moving/party.ts';
import { factsBlock } from '../moving/told-of-move.ts';
import { type Result, recordIn, type Told, ticketIn } from './result.ts';

const shown = (party: Party | undefined): Inline[] => (party ? partyShown(party) : ['no version']);

/** The outcome in one sentence. */
export function headline({ place, result }: Told): Inline[] {
  const { model, environment } = place;
  const where: Inline[] = [code(quotable(model)), ' in ', code(quotable(environment.name))];
  switch (result.is) {
    case 'settled':
      return [...where, ' is settled: ', ...shown(result.record.to), ' is there'];
    case 'planned':
      return [...where, ' would be settled: ', ...shown(result.record.to), ' is there'];
    case 'unchanged':
      return [
        ...where,
        ' needs no settling: ledger and registry say that ',
        ...shown(result.live),
        ' is there',
      ];
    case 'refused':
      return [...where, ' is not settled, for it cannot be told what is there: ', result.says];
  }
}

const MARKS: Record<Result['is'], Mark> = {
  settled: 'pass',
  planned: 'pass',
  unchanged: 'pass',
  refused: 'fail',
};

/** What the ledger had there. */
function before({ from, to }: MoveRecord): Block {
  if (from === undefined) {
    return { kind: 'paragraph', text: 'The ledger had no version there.' };
  }
  const by: Inline = from.ticket === undefined ? '' : `, by ticket ${quotable(from.ticket)}`;
  const same =
    from.number === to?.number ? 'The ledger had the same one there: ' : 'The ledger had ';
  return { kind: 'paragraph', text: [same, ...partyShown(from), `${by}.`] };
}

const MOST_LISTED = 20;

/** What was wrong, and is taken as it is from now on. */
function taken({ accepted = [], lost = [] }: MoveRecord): Block[] {
  const items = [
    ...accepted.map(({ message }) => quotable(message, 500)),
    ...lost.map(({ number, digest }) => {
      const seen = digest === '' ? '' : `, with the digest ${quotable(digest, 80)}`;
      return `Ticket ${quotable(number)} was seen${seen}, and the ledger does not have it.`;
    }),
  ];
  if (items.length === 0) return [];
  return [
    { kind: 'paragraph', text: 'Taken as it is, and not complained of any more:' },
    { kind: 'list', items: items.slice(0, MOST_LISTED), of: items.length },
  ];
}

export function pageOf(told: Told): Page {
  const { place, result, answered } = told;
  const record = recordIn(result);
  const others = answeredShown(answered);
  return [
    { kind: 'verdict', verdict: MARKS[result.is], text: headline(told) },
    ...(result.is === 'refused' ? [{ kind: 'paragraph' as const, text: result.hint }] : []),
    ...(record ? [before(record), ...taken(record)] : []),
    ...(record ? [factsBlock(record, ticketIn(result), place)] : []),
    ...(others.length > 0 ? [{ kind: 'list' as const, items: others }] : []),
    { kind: 'paragraph', text: place.policy.said },
  ];
}
