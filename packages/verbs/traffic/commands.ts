import { commandText } from '@passmuster/core/command-text.ts';
import type { Party } from '@passmuster/core/promotions/record.ts';
import { selectorOf } from '../moving/party.ts';

interface Where {
  readonly model: string;
  readonly environment: string;
}

const command = (
  verb: 'deploy' | 'promote',
  { model, environment }: Where,
  party: Party,
  more: Readonly<Record<string, string>> = {},
): string => commandText(verb, { model, version: selectorOf(party), environment, ...more });

export const promoteCommand = (where: Where, party: Party): string =>
  command('promote', where, party);

export const deployCommand = (where: Where, party: Party): string =>
  command('deploy', where, party);

/** Begins a canary, or sets its share. */
export const canaryCommand = (where: Where, party: Party, share: number): string =>
  command('deploy', where, party, { canary: String(share) });

export const dropCommand = ({ model, environment }: Where): string =>
  commandText('deploy', { model, environment, canary: 'drop' });
