import { moment } from '@passmuster/core/moment.ts';
import type { Block, Text } from '@passmuster/core/page.ts';
import {
  isClusterWrong,
  isSingle,
  type State,
  type Told,
  type ToldEnvironment,
  type ToldModel,
  unaccepted,
} from './told.ts';
import { partyCell, shown } from './words.ts';

const STATES: Record<State, string> = {
  agrees: 'agrees',
  'under-way': 'under way',
  disagrees: 'DISAGREES',
  unrecorded: 'no record yet',
  unknown: 'unknown',
};

function stateText(model: ToldModel, one: ToldEnvironment): string {
  const { state, overrides, canary, cluster } = one;
  const isAlone = state === 'agrees' && isClusterWrong(one);
  const words = [isAlone ? 'registry agrees' : STATES[state]];
  if (canary) words.push(`canary at ${canary.traffic.share} %`);
  if (cluster?.disagreements.length) words.push('CLUSTER DISAGREES');
  if (cluster?.unread) words.push('CLUSTER NOT READ');
  if (overrides.length > 0) words.push('overridden');
  if (unaccepted(model).length > 0) words.push('LEDGER BROKEN');
  return words.join(', ');
}

function row(model: ToldModel, one: ToldEnvironment): Text[] {
  const { environment, party, arrival, state } = one;
  const isUnknown = state === 'unknown';
  const found = arrival && arrival.entry === undefined ? 'found there' : '';
  return [
    shown(environment.name),
    isUnknown ? 'unknown' : partyCell(party),
    arrival ? moment(arrival.at) : '',
    arrival?.entry ? shown(arrival.entry.move.who.actor) : found,
    stateText(model, one),
  ];
}

/** What is live where. */
export function table(told: Told): Block[] {
  const rows = told.models.flatMap((model): Text[][] => {
    if (model.unread) return [[shown(model.model), '', 'unknown', '', '', 'NOT READ']];
    return model.environments.map((one) =>
      isSingle(told) ? row(model, one) : [shown(model.model), ...row(model, one)],
    );
  });
  const columns = ['environment', 'version', 'since (UTC)', 'by', 'state'];
  if (rows.length === 0) return [];
  return [{ kind: 'table', columns: isSingle(told) ? columns : ['model', ...columns], rows }];
}
