import type { EnvironmentPolicy } from '../policy/policy.ts';
import type { Marks } from '../promotions/marks.ts';
import { quotable } from '../quote.ts';
import type { ModelVersion } from '../registry/entities.ts';

/** Which version an environment has. */
export type Standing =
  | { readonly kind: 'version'; readonly version: ModelVersion; readonly by: string }
  /** What was seen; a sentence. Whether there never was one, nobody has looked. */
  | { readonly kind: 'none'; readonly says: string }
  /** It cannot be told; a sentence, and what clears it. */
  | {
      readonly kind: 'unclear';
      readonly says: string;
      readonly hint: string;
      /** What the ledger says, where nobody else stands in its place: it has only to be set again. */
      readonly emptied?: Emptied & { readonly version: ModelVersion; readonly by: string };
    };

/** Which of alias and stage is empty, and should not be. */
export interface Emptied {
  readonly alias: boolean;
  readonly stage: boolean;
}

type Unclear = Extract<Standing, { kind: 'unclear' }>;

const unclear = (says: string, hint: string): Unclear => ({ kind: 'unclear', says, hint });

const MOST_NAMED = 5;

function numbersOf(versions: readonly ModelVersion[]): string {
  const numbers = versions.slice(0, MOST_NAMED).map(({ number }) => quotable(number));
  const more = versions.length > MOST_NAMED ? ` and ${versions.length - MOST_NAMED} more` : '';
  return `${numbers.length === 1 ? 'the number' : 'the numbers'} ${numbers.join(', ')}${more}`;
}

const severalIn = (stage: string, versions: readonly ModelVersion[]): Unclear =>
  unclear(
    `the stage ${stage} has ${versions.length} versions, ${numbersOf(versions)}`,
    `Move all but one of them out of ${stage}.`,
  );

/** Those that a version is live in, as a policy may name them. */
const STAGES = ['Staging', 'Production'];

/** Versions in a stage that is called like the environment, which nothing ties to it. */
function unnamedStage(
  name: string,
  alias: string,
  versions: readonly ModelVersion[],
): Unclear | undefined {
  const stage = STAGES.find((one) => one.toLowerCase() === name.toLowerCase());
  const there = versions.filter((version) => version.stage === stage);
  if (stage === undefined || there.length === 0) return undefined;
  const shown = quotable(alias);
  return unclear(
    `the alias \`${shown}\` is not set, but the stage ${stage} has ${numbersOf(there)}, and the policy does not say that this stage is the environment`,
    `If it is, set \`stage: ${stage}\` for ${quotable(name)} in the policy; if not, set the alias \`${shown}\` to the version that is there.`,
  );
}

function noneStands(
  name: string,
  { alias, stage }: Pick<EnvironmentPolicy, 'alias' | 'stage'>,
  versions: readonly ModelVersion[],
): Standing {
  const unset = `the alias \`${quotable(alias)}\` is not set`;
  if (stage !== undefined) {
    return { kind: 'none', says: `${unset}, and no version is in the stage ${stage}` };
  }
  const says = `${unset}, and the environment has no stage`;
  return unnamedStage(name, alias, versions) ?? { kind: 'none', says };
}

/**
 * The alias says which version is there, and the stage mirrors it. One of the two alone is where the
 * environment is: a version has one stage, and going on to the next environment takes it out of this one.
 */
export function standingOf(
  name: string,
  environment: Pick<EnvironmentPolicy, 'alias' | 'stage'>,
  { aliases, versions }: Marks,
): Standing {
  const { alias, stage } = environment;
  const named = `alias ${quotable(alias)}`;
  const staged = stage === undefined ? [] : versions.filter((one) => one.stage === stage);
  if (stage !== undefined && staged.length > 1) return severalIn(stage, staged);
  const [mirrored] = staged;
  const number = aliases.get(alias);
  if (number === undefined) {
    return mirrored
      ? { kind: 'version', version: mirrored, by: `stage ${stage}` }
      : noneStands(name, environment, versions);
  }
  const version = versions.find((one) => one.number === number);
  if (version === undefined) {
    return unclear(
      `the ${named} stands at number ${quotable(number)}, which is not there any more`,
      'Set the alias to a version that is there, or remove it.',
    );
  }
  if (mirrored && mirrored.number !== number) {
    return unclear(
      `the ${named} stands at number ${quotable(number)}, but number ${quotable(mirrored.number)} is in ${stage}`,
      `Set the alias to number ${quotable(mirrored.number)}, or move that version out of ${stage}.`,
    );
  }
  return { kind: 'version', version, by: named };
}
