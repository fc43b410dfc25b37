import { InputError } from '@passmuster/core/errors.ts';
import { isLedger } from '@passmuster/core/ledger/name.ts';
import { disguise, TRIMMED, VISIBLE } from '@passmuster/core/policy/shapes/names.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { together } from '@passmuster/core/together.ts';
import { VERSION_TAG } from '@passmuster/core/versions/identifier.ts';
import { byNumber } from '@passmuster/core/versions/registry-number.ts';

import { TICKET_TAG } from './tags.ts';

/** What the registry has of the model. */
export interface World {
  /** Whether the model is there at all. */
  readonly hasModel: boolean;
  /** The oldest first. */
  readonly versions: readonly ModelVersion[];
}

export async function lookAtModel(
  registry: Registry,
  model: string,
  signal: AbortSignal,
): Promise<World> {
  const [registered, versions] = await together(signal, [
    (either) => registry.model(model, { signal: either }),
    (either) => Array.fromAsync(registry.versions({ model }, { signal: either })),
  ]);
  versions.sort((a, b) => byNumber(a.number, b.number));
  return { hasModel: registered !== undefined, versions };
}

/** As servers say it that copy the files first, and could not. */
export const FAILED = 'FAILED_REGISTRATION';

/** Those that say of themselves that they are called so. */
export const called = ({ versions }: World, identifier: string): ModelVersion[] =>
  versions.filter(({ tags, status }) => status !== FAILED && tags.get(VERSION_TAG) === identifier);

export const namesIn = ({ versions }: World): string[] =>
  versions.flatMap(({ tags, status }) => (status === FAILED ? [] : (tags.get(VERSION_TAG) ?? [])));

/** The version that says a ticket made it; the lowest, where a creation was repeated. */
export const madeBy = ({ versions }: World, ticket: string): ModelVersion | undefined =>
  versions.find(({ tags, status }) => status !== FAILED && tags.get(TICKET_TAG) === ticket);

/** A ledger is nobody's model, and registering into it would break it. */
export function refuseLedger(model: string): void {
  if (!isLedger(model)) return;
  throw new InputError([
    {
      message: `"${quotable(model)}" is a ledger of Passmuster, not a model.`,
      hint: 'Name the model that it belongs to.',
    },
  ]);
}

/** A new model whose name only looks like another's would be judged without that one's gates. */
export function refuseDisguised(model: string): void {
  const missed = [VISIBLE, TRIMMED].find(({ regex }) => !regex.test(model));
  const wrong = missed ? `is not ${missed.says}` : disguise(model);
  if (wrong === undefined) return;
  const message = `\`model\` is "${quotable(model)}", which ${wrong}.`;
  throw new InputError([{ message, hint: 'There is no such model yet; give it a plain name.' }]);
}
