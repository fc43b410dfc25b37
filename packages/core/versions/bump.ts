import type { RequiredBump } from './required-bump.ts';
import {
  bumped,
  compareSemantic,
  formatSemantic,
  isRelease,
  type Level,
  levelBetween,
  type SemanticVersion,
} from './semantic.ts';

/*
 * A version is held against the highest release below it, whichever that is: v2.0.1 against v2.0.0 when
 * v3.0.0 is out, and v1.3.0-rc.2 against v1.2.0, since what a candidate changed was released to nobody.
 * So a fix may still go to an older major version, in its minor and patch numbers; a number below every
 * release of its major version would only rewrite the past. Numbers may be left out. Versions below v1.0.0
 * follow the same rule.
 */

const FIRST: SemanticVersion = { major: 1, minor: 0, patch: 0, prerelease: [] };

const RANKS: readonly (Level | 'none')[] = ['none', 'patch', 'minor', 'major'];

const highest = (versions: readonly SemanticVersion[]): SemanticVersion | undefined =>
  versions.toSorted(compareSemantic).at(-1);

/** The release whose facts tell how large the step to the wanted version must be; none for the first. */
export const predecessor = (
  known: readonly SemanticVersion[],
  wanted: SemanticVersion,
): SemanticVersion | undefined =>
  highest(known.filter((one) => isRelease(one) && compareSemantic(one, wanted) < 0));

/** The release that the next version follows when only the step is asked for. */
export const lastRelease = (known: readonly SemanticVersion[]): SemanticVersion | undefined =>
  highest(known.filter(isRelease));

/** The next version after all that are known; the first one is v1.0.0, whatever the step. */
export function nextVersion(
  known: readonly SemanticVersion[],
  level: Level | 'none',
): SemanticVersion {
  const last = lastRelease(known) ?? highest(known);
  return last === undefined ? FIRST : bumped(last, level === 'none' ? 'patch' : level);
}

/** The smallest number that is free for a step of that size, in the line of the release it follows. */
function rightNumber(
  known: readonly SemanticVersion[],
  before: SemanticVersion,
  level: Level,
): SemanticVersion {
  const sameLine = known.filter(
    (one) =>
      isRelease(one) &&
      (level === 'major' ||
        (one.major === before.major && (level === 'minor' || one.minor === before.minor))),
  );
  return bumped(highest(sameLine) ?? before, level);
}

function misplaced(known: readonly SemanticVersion[], wanted: SemanticVersion): string | undefined {
  const same = known.find((one) => isRelease(one) && levelBetween(one, wanted) === undefined);
  const [name, next] = [formatSemantic(wanted), formatSemantic(nextVersion(known, 'patch'))];
  if (same && !isRelease(wanted)) {
    return `${name} is a pre-release of ${formatSemantic(same)}, which is registered already. Take ${next} or higher, or a pre-release of it.`;
  }
  const last = lastRelease(known);
  if (last === undefined || compareSemantic(last, wanted) < 0) return undefined;
  if (predecessor(known, wanted)?.major === wanted.major) return undefined;
  return `${name} is below every release of its major version, and ${formatSemantic(last)} is the highest. Take ${next} or higher; only what follows a release of its own major version may be lower.`;
}

/**
 * Why a version may not have this number: out of order, or too small a step for what changed since its
 * predecessor. Whether it is taken is another question.
 */
export function bumpRefusal(
  known: readonly SemanticVersion[],
  wanted: SemanticVersion,
  required: RequiredBump,
): string | undefined {
  const before = predecessor(known, wanted);
  const place = misplaced(known, wanted);
  if (place !== undefined || before === undefined) return place;
  const { level, reasons } = required;
  const taken = levelBetween(before, wanted) ?? 'none';
  if (level === 'none' || RANKS.indexOf(taken) >= RANKS.indexOf(level)) return undefined;
  const right = formatSemantic(rightNumber(known, before, level));
  return `${formatSemantic(wanted)} is a ${taken} step from ${formatSemantic(before)}, but a ${level} one is needed: ${reasons.join(' ')} Take ${right}.`;
}
