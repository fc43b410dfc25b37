import type { Inline, Text } from '@passmuster/core/page.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { MOST_LOOKS } from './look.ts';
import type { Told, ToldModel } from './told.ts';
import { shown } from './words.ts';

/** What the registry says, where nobody has said which of it is an environment. */
function registryAlone({ aliases, stages }: ToldModel): Inline[] {
  const words = [
    ...[...aliases].map(([alias, number]): Inline[] => [
      'the alias ',
      shown(alias),
      ` at number ${quotable(number)}`,
    ]),
    ...[...stages].map(([stage, numbers]): Inline[] => [
      `in the stage ${stage} number ${numbers.map((one) => quotable(one)).join(', ')}`,
    ]),
  ];
  if (words.length === 0) return ['no alias is set, and no version is in a stage'];
  return words.flatMap((one, at) => (at > 0 ? ['; ', ...one] : one));
}

function ofModel(told: Told, model: ToldModel): Text[] {
  const { isThere, hasLedger, isListed, isMoving, environments, unread } = model;
  const named = shown(model.model);
  if (unread) return [];
  const remarks: Text[] = [];
  if (!isThere) {
    const kept = hasLedger ? '; its ledger is kept' : '';
    remarks.push([named, `: there is no such model in the registry (any more)${kept}.`]);
  } else if (!isListed) {
    remarks.push([
      named,
      ': the registry cannot list the versions of a model, so which one is where cannot be told.',
    ]);
  }
  if (isMoving) {
    remarks.push([
      named,
      `: its ledger changed during each of ${MOST_LOOKS} looks, so it moves all the time, and what is told of it may be half of a move.`,
    ]);
  }
  if (isThere && environments.length === 0) {
    remarks.push([
      named,
      ': no environment is known. The registry has ',
      ...registryAlone(model),
      '.',
    ]);
  }
  const { policy } = told.policy;
  for (const { environment, standing, state } of environments) {
    if (policy && !environment.isDecided) {
      remarks.push([
        named,
        ' ',
        shown(environment.name),
        `: ${quotable(policy.file)} has no such environment; it is looked for where its moves have led.`,
      ]);
    }
    const isTold = isThere && state !== 'unknown' && told.inputs.model !== undefined;
    if (standing.kind === 'none' && isTold) {
      remarks.push([named, ' ', shown(environment.name), `: ${standing.says}.`]);
    }
  }
  return remarks;
}

export const unseen = (why: string): string => `The cluster was not looked at. ${why}`;

/** More than this is for the report. */
const MOST = 200;

/** What a reader should know beside what is live. */
export function remarksOf(told: Told): Text[] {
  const { noLedger, noCluster } = told;
  const blind = noCluster ? [unseen(noCluster)] : [];
  const without = noLedger ? [`${noLedger} What is shown is what the registry says alone.`] : [];
  return [...without, ...blind, ...told.models.flatMap((model) => ofModel(told, model))].slice(
    0,
    MOST,
  );
}
