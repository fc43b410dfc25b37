import type { Inline } from '@passmuster/core/page.ts';
import { hasMoved } from '@passmuster/core/promotions/live.ts';
import type { Traffic } from '@passmuster/core/promotions/record.ts';
import type { Entry } from '@passmuster/core/promotions/summary.ts';
import { endText, moveText, shown } from './words.ts';

const percent = (share: number): string => ` at ${share} %`;

/** `serves v1.2.0, canary v1.3.0 at 10 %` */
function trafficText({ current, canary, share }: Traffic): Inline[] {
  return [
    'serves ',
    current === undefined ? 'nothing' : shown(current),
    ...(canary === undefined ? [] : [', canary ', shown(canary), percent(share)]),
  ];
}

/** What a move is to change, as short as it fits a row. */
export const goesText = (move: Entry['move']): Inline[] =>
  move.verb === 'deploy' && move.traffic ? trafficText(move.traffic) : moveText(move);

const isOver = ({ ticket: { outcome } }: Entry): boolean =>
  hasMoved(outcome) || outcome === 'canary';

/** `deployed v1.2.0`, `canary v1.3.0 at 10 %`, `canary dropped` */
function deployedText({ current, canary, share }: Traffic, before: Traffic | undefined): Inline[] {
  if (canary !== undefined) return ['canary ', shown(canary), percent(share)];
  if (before?.canary !== undefined && before.current === current) return ['canary dropped'];
  return ['deployed ', current === undefined ? 'nothing' : shown(current)];
}

/** What each move has come to; what a deployment was can depend on what served before it. */
export function whatTexts(entries: readonly Entry[]): ReadonlyMap<Entry, Inline[]> {
  const texts = new Map<Entry, Inline[]>();
  let before: Traffic | undefined;
  for (const entry of entries) {
    const { verb, traffic } = entry.move;
    const isDeployed = verb === 'deploy' && traffic !== undefined && isOver(entry);
    texts.set(entry, isDeployed ? deployedText(traffic, before) : [endText(entry)]);
    if (traffic && isOver(entry)) before = traffic;
  }
  return texts;
}
