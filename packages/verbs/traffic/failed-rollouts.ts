import type { PodTrouble, RolloutFailure } from '@passmuster/core/cluster/rollout/failure.ts';
import { refText } from '@passmuster/core/cluster/rollout/words.ts';
import { RolloutFailed } from '@passmuster/core/cluster/rollout-failed.ts';
import type { PassmusterError } from '@passmuster/core/errors.ts';
import { type Block, code, type Text } from '@passmuster/core/page.ts';
import { eachIn, Unrecovered } from '@passmuster/core/promotions/unrecovered.ts';
import { plural } from '@passmuster/report/quantity.ts';

/** What is amiss although all was put back, as the end of a sentence; nothing where nothing is. */
export function amissAfter(cause: PassmusterError | undefined): string | undefined {
  if (!(cause instanceof Unrecovered)) return undefined;
  return eachIn(cause.left).every((one) => one instanceof RolloutFailed)
    ? 'not all of it became ready again'
    : 'whether all of it became ready again is not known';
}

/** Why all stands as before, as the end of a sentence. */
export function whyBack(cause: PassmusterError | undefined): string {
  const [why] = eachIn(cause);
  const [first, ...more] = why instanceof RolloutFailed ? why.failures : [];
  const amiss = amissAfter(cause);
  const but = amiss === undefined ? '' : `, but ${amiss}`;
  if (first === undefined) return `it could not be done, and was put back${but}`;
  const others = more.length > 0 ? ` and ${plural(more.length, 'other')}` : '';
  const end = amiss === undefined ? 'all was put back' : `it was put back${but}`;
  return `${refText(first.ref)}${others} did not become ready, and ${end}`;
}

function podBlocks(
  { name, container, reason, message, log, isOfRunBefore, events }: PodTrouble,
  isTold: boolean,
) {
  const where: Text = [
    'Pod ',
    code(name),
    ...(container === undefined ? [] : [', container ', code(container)]),
    `: ${reason}${message === '' ? '' : `, ${message}`}`,
  ];
  // It may have been told as the reason itself.
  const blocks: Block[] = isTold ? [] : [{ kind: 'paragraph', text: where }];
  if (log.length > 0) {
    const run = isOfRunBefore ? 'Its last lines before it crashed:' : 'Its last lines:';
    blocks.push({ kind: 'paragraph', text: run }, { kind: 'code', text: log.join('\n') });
  }
  if (events.length > 0) blocks.push({ kind: 'list', items: events });
  return blocks;
}

const failureBlocks = ({ ref, says, hint, pod }: RolloutFailure): Block[] => [
  { kind: 'paragraph', text: `${refText(ref)}: ${says}.${hint === undefined ? '' : ` ${hint}`}` },
  ...(pod ? podBlocks(pod, says.includes(pod.name)) : []),
];

/** Which pod, why, with the last lines of its log and its events. */
export const rolloutBlocks = ({ failures, way }: RolloutFailed): Block[] => {
  if (failures.length === 0) return [];
  const text = way === 'forward' ? 'What did not become ready' : 'What did not become ready again';
  return [{ kind: 'heading', text }, ...failures.flatMap(failureBlocks)];
};
