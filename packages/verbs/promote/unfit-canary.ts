import { quotable } from '@passmuster/core/quote.ts';
import { partyText } from '../moving/party.ts';
import { deployCommand } from '../traffic/commands.ts';
import { means } from '../traffic/target.ts';
import type { Considered } from './considered.ts';
import type { Job } from './job.ts';
import { type Obstacle, obstacle } from './obstacles.ts';

/** What stands against a canary beside what stands against every promotion. */
export function unfitCanary(
  { canary, target, model, environment: { name } }: Job,
  { to, from, inCluster }: Pick<Considered, 'to' | 'from' | 'inCluster'>,
): Obstacle[] {
  if (canary === undefined || target === undefined) return [];
  if (from === undefined) {
    const message = `${quotable(name)} has no version yet, so there is nothing that a canary could be held against.`;
    return [obstacle(message, 'Promote and deploy a first one.')];
  }
  if (from.number === to.number && canary.share > 0) {
    const message = `${partyText(to)} is what ${quotable(name)} has: it cannot be its own canary.`;
    return [obstacle(message, 'Name another version; or `canary: drop` ends a canary.')];
  }
  const { keys } = target.configmap;
  const current = inCluster?.configMap?.data.get(keys.current);
  if (means(current, from)) return [];
  const serves = current === undefined ? 'says nothing' : `says ${quotable(current)}`;
  return [
    obstacle(
      `${quotable(name)} has ${partyText(from)}, but \`${quotable(keys.current)}\` in the cluster ${serves}.`,
      `Have it served first: \`${deployCommand({ model, environment: name }, from)}\`.`,
    ),
  ];
}
