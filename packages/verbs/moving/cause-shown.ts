import { ClusterError } from '@passmuster/core/cluster/error.ts';
import { RolloutFailed } from '@passmuster/core/cluster/rollout-failed.ts';
import type { PassmusterError, Problem } from '@passmuster/core/errors.ts';
import type { Block } from '@passmuster/core/page.ts';
import type { End } from '@passmuster/core/promotions/carry-out.ts';
import { eachIn } from '@passmuster/core/promotions/unrecovered.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { RegistryError } from '@passmuster/core/registry/error.ts';
import { rolloutBlocks } from '../traffic/failed-rollouts.ts';

const LONGEST = 500;

const problemText = ({ message, hint }: Problem): string =>
  [message, hint].flatMap((text) => (text ? [quotable(text, LONGEST)] : [])).join(' ');

function saidBy(cause: PassmusterError): string {
  if (cause instanceof RegistryError) return 'The registry said: ';
  return cause instanceof ClusterError ? 'The cluster said: ' : '';
}

function blocksOf(cause: PassmusterError): Block[] {
  const isRollout = cause instanceof RolloutFailed;
  const problems = isRollout ? cause.more : cause.problems;
  return [
    ...(isRollout ? rolloutBlocks(cause) : []),
    ...problems.map(
      (problem): Block => ({ kind: 'paragraph', text: `${saidBy(cause)}${problemText(problem)}` }),
    ),
  ];
}

/** What was refused on the way there may have been refused on the way back, too. */
const distinct = <One>(all: readonly One[], name: (one: One) => string): readonly One[] => [
  ...new Map(all.map((one) => [name(one), one])).values(),
];

/** Why it did not go through, and what to do about it. */
export const causeBlock = ({ cause }: Pick<End, 'cause'>): Block[] =>
  distinct(eachIn(cause), ({ message }) => message).flatMap(blocksOf);

/** The same in one line; empty where nothing has gone wrong. */
export const causeText = ({ cause }: Pick<End, 'cause'>): string =>
  distinct((cause?.problems ?? []).map(problemText), (text) => text).join(' ');
