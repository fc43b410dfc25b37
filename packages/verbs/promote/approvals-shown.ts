import type { Approval } from '@passmuster/core/approvals/approvals.ts';
import { momentText } from '@passmuster/core/moment.ts';
import type { Block, Text } from '@passmuster/core/page.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Considered } from './considered.ts';

function approvalText({ by, kind, at, commit, pullRequest }: Approval): string {
  const who = quotable(by);
  if (kind === 'environment') return `${who} approved the environment for this plan.`;
  const when = at === undefined ? '' : `, ${momentText(at)}`;
  const head = commit === undefined ? '' : ` at ${quotable(commit.slice(0, 7))}`;
  return `${who} approved pull request #${pullRequest ?? ''}${head}${when}.`;
}

/** Who has agreed, what is still needed, and whose word did not count. */
export function approvalBlocks({ approvals }: Considered): Block[] {
  if (approvals === undefined || approvals.needed === 0) return [];
  const { needed, counted, missing, passedOver } = approvals;
  const items: Text[] = [
    ...counted.map(approvalText),
    ...missing.map((one) => `Still needed: ${one}`),
    ...passedOver.map(({ by, why }) => `Not counted: ${quotable(by)}. ${why}`),
  ];
  return [
    { kind: 'heading', text: `Approvals: ${counted.length} of ${needed}` },
    { kind: 'list', items },
  ];
}
