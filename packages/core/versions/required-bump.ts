import { quotable } from '../quote.ts';
import { type BaseModel, baseModelText, type Dataset, type Facts } from './facts.ts';
import type { Level } from './semantic.ts';

/** The least step that the changes call for, with one sentence for each change that does. */
export interface RequiredBump {
  readonly level: Level | 'none';
  readonly reasons: readonly string[];
}

const quoted = (text: string) => `\`${quotable(text)}\``;

/** What was known and no longer is cannot be shown to be the same; what was never known is no change. */
const lostOrOther = (before: string | undefined, after: string | undefined): boolean =>
  before !== undefined && before !== after;

function sameBaseModel(before: BaseModel, after: BaseModel): boolean {
  // The bytes decide, whatever they are called.
  if (before.digest !== undefined && after.digest !== undefined) {
    return before.digest === after.digest;
  }
  return (
    before.name === after.name &&
    !lostOrOther(before.version, after.version) &&
    !lostOrOther(before.digest, after.digest)
  );
}

/** The caller states it, so that stating none says that there is none. */
function ofBaseModel(before: Facts, after: Facts): string[] {
  const [from, to] = [before.baseModel, after.baseModel];
  if (from === undefined && to === undefined) return [];
  if (from === undefined && to) return [`It now has a base model, ${quoted(baseModelText(to))}.`];
  if (to === undefined && from) {
    return [`It no longer names a base model; it was ${quoted(baseModelText(from))}.`];
  }
  if (from === undefined || to === undefined || sameBaseModel(from, to)) return [];
  const [one, other] = [quoted(baseModelText(from)), quoted(baseModelText(to))];
  return [
    one === other
      ? `The base model ${one} has another digest, or none any more.`
      : `The base model was ${one} and is ${other}.`,
  ];
}

function ofArchitecture(before: Facts, after: Facts): string[] {
  const [from, to] = [before.architecture, after.architecture];
  if (from === undefined || from === to) return [];
  const now = to === undefined ? 'is not known any more' : `is ${quoted(to)}`;
  return [`The architecture was ${quoted(from)} and ${now}.`];
}

/** Sets of contents: another label for the same bytes is no other data. */
function ofDatasets(before: Facts, after: Facts): string[] {
  const key = ({ name, digest }: Dataset) => `${name}\n${digest}`;
  const [had, has] = [before.datasets, after.datasets].map((all) => new Set(all.map(key)));
  const gone = before.datasets.filter((one) => !has?.has(key(one)));
  const come = after.datasets.filter((one) => !had?.has(key(one)));
  const names = (all: readonly Dataset[]) => new Set(all.map(({ name }) => name));
  const [goneNames, comeNames] = [names(gone), names(come)];
  return [
    ...[...goneNames.intersection(comeNames)].map((name) => `The data ${quoted(name)} changed.`),
    ...[...comeNames.difference(goneNames)].map((name) => `The data ${quoted(name)} is new.`),
    ...[...goneNames.difference(comeNames)].map((name) => `The data ${quoted(name)} is gone.`),
  ];
}

/** What a version needs as a step, given what changed since the one that it follows. */
export function requiredBump(before: Facts, after: Facts): RequiredBump {
  const major = [...ofBaseModel(before, after), ...ofArchitecture(before, after)];
  const minor = ofDatasets(before, after);
  if (lostOrOther(before.training, after.training)) minor.push('It was trained anew.');
  const patch: string[] = [];
  if (lostOrOther(before.configuration, after.configuration)) {
    patch.push('Its configuration changed.');
  }
  if (major.length > 0) return { level: 'major', reasons: major };
  if (minor.length > 0) return { level: 'minor', reasons: minor };
  return { level: patch.length > 0 ? 'patch' : 'none', reasons: patch };
}
