import { type Block, code, type Inline, type Page } from '@passmuster/core/page.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { plural } from '@passmuster/report/quantity.ts';
import { partyShown } from '../moving/party.ts';
import { arrivals } from './arrivals.ts';
import type { Running } from './cluster/about.ts';
import { servingBlocks } from './cluster/shown.ts';
import { disagreements } from './disagreements.ts';
import { historyBlocks } from './history-table.ts';
import { remarksOf } from './remarks.ts';
import { table } from './table.ts';
import {
  disagreementsIn,
  isClusterWrong,
  isSingle,
  type Told,
  type ToldEnvironment,
} from './told.ts';
import { waiting } from './waiting.ts';
import { shown } from './words.ts';

const environmentsIn = ({ models }: Told): ToldEnvironment[] =>
  models.flatMap(({ environments }) => environments);

function subjectOf({ inputs, models }: Told): Inline[] {
  return inputs.model === undefined ? [plural(models.length, 'model')] : [shown(inputs.model)];
}

/** What has not been looked at is not told to agree. */
const BLIND = 'ledger and registry agree, and the cluster was not looked at';

function standingText(told: Told): Inline[] {
  const all = environmentsIn(told);
  const recorded = all.filter(({ state }) => state !== 'unrecorded' && state !== 'unknown');
  const moving = all.filter(({ state }) => state === 'under-way').length;
  if (told.models.length === 0) return ['no model has a ledger, and the policy names none'];
  const agrees = told.noCluster === undefined ? 'everything agrees' : BLIND;
  const ends = recorded.length === 0 ? 'nothing is on record yet' : agrees;
  return [moving > 0 ? `${plural(moving, 'move')} under way, and else ${ends}` : ends];
}

const canaryText = ({ party, traffic }: Running): Inline[] => [
  ' with canary ',
  ...partyShown(party),
  ` at ${traffic.share} %`,
];

/** What there is to know, in one line. */
export function headline(told: Told): Inline[] {
  const count = disagreementsIn(told);
  const [only, ...more] = environmentsIn(told);
  const wrong = environmentsIn(told).filter(
    (one) => one.state === 'disagrees' || isClusterWrong(one),
  );
  const places = isSingle(told)
    ? wrong.flatMap(({ environment: { name } }, at) => [at > 0 ? ', ' : ', in ', shown(name)])
    : [];
  const isOne = isSingle(told) && only?.party && more.length === 0;
  const has: Inline[] =
    isOne && only?.party
      ? [
          shown(only.environment.name),
          ' has ',
          ...partyShown(only.party),
          ...(only.canary ? canaryText(only.canary) : []),
          count > 0 ? ' by its ledger: ' : '; ',
        ]
      : [];
  const end = count > 0 ? [plural(count, 'disagreement'), ...places] : standingText(told);
  return [...subjectOf(told), ': ', ...has, ...end];
}

function remarks(told: Told): Block[] {
  const items = remarksOf(told);
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

/** First whether it agrees, and what does not; then what is live; then how it came to be so. */
export function pageOf(told: Told): Page {
  const mark = disagreementsIn(told) > 0 ? 'fail' : 'pass';
  return [
    { kind: 'verdict', verdict: mark, text: headline(told) },
    ...disagreements(told),
    ...table(told),
    ...arrivals(told),
    ...servingBlocks(told),
    ...waiting(told),
    ...(told.inputs.history ? told.models.flatMap((model) => historyBlocks(told, model)) : []),
    ...remarks(told),
    { kind: 'list', items: [['Registry: ', code(quotable(told.registry, 200))], told.policy.said] },
  ];
}
