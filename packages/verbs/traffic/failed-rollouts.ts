import type { PodTrouble, RolloutFailure } from '@passmuster/core/cluster/rollout/failure.ts';
import { refText } from '@passmuster/core/cluster/rollout/words.ts';
import { RolloutFailed } from '@passmuster/core/cluster/rollout-failed.ts';
import { type Block, code, type Text } from '@passmuster/core/page.ts';
import { Unrecovered } from '@passmuster/core/promotions/unrecovered.ts';
import { plural } from '@passmuster/report/quantity.ts';

/** The rollout that failed, also where putting it back has failed after it. */
export function failedRollout(cause: Error | undefined): RolloutFailed | undefined {
  if (cause instanceof RolloutFailed) return cause;
  return cause instanceof Unrecovered ? failedRollout(cause.cause as Error) : undefined;
}

/** Why all stands as before, as the end of a sentence. */
export function whyBack(cause: Error | undefined): string {
  const [first, ...more] = failedRollout(cause)?.failures ?? [];
  if (first === undefined) return 'it could not be done, and was put back';
  const others = more.length > 0 ? ` and ${plural(more.length, 'other')}` : '';
  const end =
    cause instanceof Unrecovered
      ? 'it was put back, but not all of it became ready again'
      : 'all was put back';
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
export const rolloutBlocks = (cause: Error | undefined): Block[] => {
  const failed = failedRollout(cause);
  if (failed === undefined || failed.failures.length === 0) return [];
  return [
    { kind: 'heading', text: 'What did not become ready' },
    ...failed.failures.flatMap(failureBlocks),
  ];
};
