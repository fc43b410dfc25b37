import type { Problem } from '../errors.ts';
import { isLedger } from '../ledger/name.ts';
import { quotable } from '../quote.ts';
import type { ModelVersion, RegisteredModel } from '../registry/entities.ts';
import { isUnsupported, RegistryError } from '../registry/error.ts';
import { nearest } from '../suggest.ts';
import { VERSION_TAG } from './identifier.ts';
import type { Looked } from './look-up.ts';
import { LONGEST_SELECTOR, type Reading } from './selector.ts';

const MOST_TOLD = 10;
const MOST_ALIASES = 4;
const MOST_STAGES = 3;
/** Versions and models that near misses are looked for in. */
const MOST_SEEN = 100;

export const quoted = (text: string): string => `\`${quotable(text)}\``;

/** What a list says; nothing when the server has no such list. */
async function seen<Item>(items: AsyncIterable<Item>): Promise<Item[] | undefined> {
  const all: Item[] = [];
  try {
    for await (const item of items) all.push(item);
  } catch (error) {
    if (isUnsupported(error)) return undefined;
    if (!(error instanceof RegistryError) || error.failure.reason !== 'missing') throw error;
  }
  return all;
}

/** A near miss; a text of endless length in a tag would be compared for as long. */
const meantBy = (text: string, names: readonly string[]): string | undefined =>
  nearest(
    text,
    names.filter((name) => name !== text && name.length <= LONGEST_SELECTOR),
  );

/** Ledgers are no models to anybody but us. */
const isModel = (name: string): boolean => !isLedger(name);

/** That there is no such model, and what there is in its place. */
export async function noModel({ registry, model, call }: Looked): Promise<Problem> {
  const models = await seen(registry.models({ most: MOST_SEEN }, call));
  const names = (models ?? []).map(({ name }) => name).filter(isModel);
  const meant = meantBy(model, names);
  const told = names.slice(0, MOST_TOLD).map(quoted).join(', ');
  const more = names.length > MOST_TOLD ? ' and more' : '';
  return {
    message: `There is no model ${quoted(model)} in the registry ${quotable(registry.address, 200)}.`,
    hint:
      meant !== undefined
        ? `Did you mean ${quoted(meant)}?`
        : told === ''
          ? 'The registry shows no model; check its address and what its credentials may see.'
          : `There are ${told}${more}.`,
  };
}

/** A way to select a version, and which one it selects. */
type Way = readonly [selector: string, tells: string];

function stageWays(versions: readonly ModelVersion[]): Way[] {
  const held = new Map<string, string[]>();
  for (const { stage, number } of versions) {
    if (stage !== '' && stage !== 'None') held.set(stage, [...(held.get(stage) ?? []), number]);
  }
  return [...held].map(([stage, numbers]) => [
    stage,
    `${numbers.length > 1 ? 'numbers' : 'number'} ${numbers
      .slice(0, 3)
      .map((number) => quotable(number))
      .join(', ')}${numbers.length > 3 ? ', …' : ''}`,
  ]);
}

/** A name that no ticket may stand behind is no way to select, so the number is told first. */
const versionWays = (versions: readonly ModelVersion[]): Way[] =>
  versions.map(({ number, tags }) => {
    const name = tags.get(VERSION_TAG);
    return [number, name === undefined ? '' : quotable(name)];
  });

const told = ([selector, tells]: Way): string =>
  tells === '' ? quoted(selector) : `${quoted(selector)} (${tells})`;

function hintOf(
  selector: string,
  known: RegisteredModel,
  listed: readonly ModelVersion[] | undefined,
): string {
  const newest = listed ?? [];
  const aliases = [...known.aliases].map(
    ([alias, number]): Way => [`@${alias}`, `number ${quotable(number)}`],
  );
  const stages = stageWays(newest);
  const first = [...aliases.slice(0, MOST_ALIASES), ...stages.slice(0, MOST_STAGES)];
  const ways = [...first, ...versionWays(newest).slice(0, MOST_TOLD - first.length)];
  if (ways.length === 0) {
    return listed === undefined
      ? 'Write the number of the version as the registry shows it, after `number:`.'
      : 'It has no versions yet; `register` makes one.';
  }
  const names = newest.flatMap(({ tags }) => tags.get(VERSION_TAG) ?? []);
  const selectors = [...aliases, ...stages].map(([one]) => one);
  const meant = known.aliases.has(selector)
    ? `@${selector}`
    : meantBy(selector, [...selectors, ...names]);
  const question = meant === undefined ? '' : `Did you mean ${quoted(meant)}? `;
  return `${question}There are ${ways.map(told).join(', ')}.`;
}

/** What a server without the like of it cannot do. */
const LACKING: Record<Reading['kind'], string> = {
  identifier: 'The registry cannot look for a version by its tags, where its name stands.',
  number: 'The registry cannot look for a version by its number.',
  alias: 'The registry has no aliases.',
  stage: 'The registry has no stages, or cannot list its versions.',
  run: 'The registry cannot look for a version by its run.',
  latest: 'The registry cannot list its versions.',
};

/** What a server may lack without refusing to look. */
const FEATURES = { alias: 'aliases', stage: 'stages', identifier: 'tags' } as const;

/** Why a reading found nothing, where that is not plain. */
async function reasonFor(
  { registry, model, call }: Looked,
  reading: Reading,
  known: RegisteredModel,
): Promise<string | undefined> {
  if (reading.kind === 'alias' && known.aliases.has(reading.alias)) {
    const number = quotable(known.aliases.get(reading.alias) ?? '');
    return `The alias points at number ${number}, which is not there any more.`;
  }
  if (reading.kind !== 'alias' && reading.kind !== 'stage' && reading.kind !== 'identifier') {
    return undefined;
  }
  const there = await registry.has(FEATURES[reading.kind], model, call);
  return there ? undefined : LACKING[reading.kind];
}

/** That a selector means nothing here, and what there is in its place. */
export async function nothingFound(
  looked: Looked,
  selector: string,
  readings: readonly Reading[],
  lacking: readonly Reading[],
): Promise<Problem> {
  const { registry, model, call } = looked;
  const known = await registry.model(model, call);
  if (known === undefined) return noModel(looked);
  const newest = await seen(registry.versions({ model, order: 'newest', most: MOST_SEEN }, call));
  const reasons = lacking.map(({ kind }) => LACKING[kind]);
  for (const reading of readings) {
    const reason = lacking.includes(reading) ? undefined : await reasonFor(looked, reading, known);
    if (reason !== undefined) reasons.push(reason);
  }
  const message = [`${quoted(model)} has no version ${quoted(selector)}.`, ...reasons].join(' ');
  return { message, hint: hintOf(selector, known, newest) };
}
