import { InputError } from '@passmuster/core/errors.ts';
import type { Ledger } from '@passmuster/core/ledger/ledger.ts';
import {
  bumpRefusal,
  lastRelease,
  nextVersion,
  predecessor,
} from '@passmuster/core/versions/bump.ts';
import { nextOfCommit } from '@passmuster/core/versions/commit.ts';
import { readIdentifier, type Scheme, VERSION_TAG } from '@passmuster/core/versions/identifier.ts';
import { sealedName } from '@passmuster/core/versions/sealed.ts';
import {
  formatSemantic,
  parseSemantic,
  type SemanticVersion,
} from '@passmuster/core/versions/semantic.ts';
import { nextAtTime } from '@passmuster/core/versions/timestamp.ts';
import type { Inputs } from './ports.ts';
import { type Step, stepFrom } from './predecessor.ts';
import { saysItIs } from './tags.ts';
import { identityOf, sameIdentity, type Wish } from './wish.ts';
import { namesIn, type World } from './world.ts';

/** What a wish is to be called. */
export interface Name {
  readonly identifier: string;
  /** Why it may not be called so, though the name is free. */
  readonly refusal?: string;
  /** How far it is from the release before it. */
  readonly step?: Step;
}

interface Asked {
  readonly inputs: Inputs;
  readonly scheme: Scheme;
  readonly wish: Wish;
  readonly world: World;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970, for versions that are named after a time. */
  readonly now: number;
}

/** What can be seen to be wrong before anything else is looked at. */
export function refuseAsked({ version, bump }: Inputs, scheme: Scheme): void {
  if (version !== undefined && bump !== undefined) {
    throw new InputError('`version` and `bump` were both given; one of them says it.');
  }
  if (bump !== undefined && scheme !== 'semantic') {
    const message = `\`bump\` was given, but the versions of this model are named after a ${scheme}.`;
    throw new InputError([{ message, hint: 'Leave it out; `versioning` in the policy says how.' }]);
  }
  const read = version === undefined ? undefined : readIdentifier(version, scheme);
  if (read && 'refused' in read) throw new InputError(`\`version\` ${read.refused}.`);
  if (scheme === 'semantic' && version === undefined && bump === undefined) {
    throw new InputError([
      {
        message: 'Nothing says what to call the version.',
        hint: 'Give `version: v1.2.0`, or `bump: major`, `minor`, `patch` or `auto`.',
      },
    ]);
  }
}

const parsed = (names: readonly string[]): SemanticVersion[] =>
  names.map(parseSemantic).flatMap((version) => ('refused' in version ? [] : [version]));

/** The name that this very wish has already, so that a repetition gives it no second one. */
function nameOfSame({ wish, world }: Asked, fits: (name: string) => boolean): string | undefined {
  const wanted = identityOf(wish);
  const twin = world.versions.findLast(
    (version) =>
      fits(version.tags.get(VERSION_TAG) ?? '') && sameIdentity(saysItIs(version, wanted), wanted),
  );
  return twin?.tags.get(VERSION_TAG);
}

/** The first name that was never sealed: one stays taken also when its version is gone. */
async function firstFree(
  { ledger, signal }: Asked,
  candidate: (sealed: readonly string[]) => string,
): Promise<string> {
  const sealed: string[] = [];
  for (;;) {
    const name = candidate(sealed);
    if (!(await sealedName(ledger, name, signal))) return name;
    sealed.push(name);
  }
}

async function ofBump(asked: Asked, known: SemanticVersion[]): Promise<Name> {
  const { inputs, wish, world, ledger, signal } = asked;
  const last = lastRelease(known);
  const again = nameOfSame(asked, (name) => 'identifier' in readIdentifier(name, 'semantic'));
  if (again) return { identifier: again };
  const step = last && (await stepFrom(ledger, last, wish, signal));
  if (inputs.bump === 'auto' && step && !step.known) {
    throw new InputError([
      {
        message: `\`bump: auto\` needs to know what ${step.before} was made of, and no record says so.`,
        hint: 'Give `version`, or say which part goes up.',
      },
    ]);
  }
  const level = inputs.bump === 'auto' || !inputs.bump ? (step?.level ?? 'none') : inputs.bump;
  const identifier = await firstFree(asked, (taken) =>
    formatSemantic(
      nextVersion(parsed([...namesIn(world), ...taken]), taken.length > 0 ? 'patch' : level),
    ),
  );
  return judged(identifier, known, step);
}

function judged(
  identifier: string,
  known: readonly SemanticVersion[],
  step: Step | undefined,
): Name {
  const [wanted] = parsed([identifier]);
  const refusal = wanted && bumpRefusal(known, wanted, step ?? { level: 'none', reasons: [] });
  return { identifier, ...(refusal !== undefined && { refusal }), ...(step && { step }) };
}

async function semantic(asked: Asked): Promise<Name> {
  const { inputs, wish, world, ledger, signal } = asked;
  const known = parsed(namesIn(world));
  const [wanted] = parsed(inputs.version === undefined ? [] : [inputs.version]);
  if (wanted === undefined) return ofBump(asked, known);
  const before = predecessor(known, wanted);
  const step = before && (await stepFrom(ledger, before, wish, signal));
  return judged(formatSemantic(wanted), known, step);
}

/** Whether a version is named after that commit: the first one or a later. */
const isOf = (commit: string, name: string): boolean =>
  'identifier' in readIdentifier(name, 'commit') && name.startsWith(nextOfCommit(commit, []));

/** The name by the model's scheme; what that name means already is for `decide` to find out. */
export async function nameOf(asked: Asked): Promise<Name> {
  const { inputs, scheme, wish, world, now } = asked;
  if (scheme === 'semantic') return semantic(asked);
  if (inputs.version !== undefined) return { identifier: inputs.version };
  const names = namesIn(world);
  if (scheme === 'timestamp') {
    const again = nameOfSame(asked, (name) => 'identifier' in readIdentifier(name, scheme));
    if (again) return { identifier: again };
    return {
      identifier: await firstFree(asked, (sealed) => nextAtTime(now, [...names, ...sealed])),
    };
  }
  const commit = wish.code?.commit;
  if (commit === undefined) {
    const message = 'The version is named after its commit, and there is none here.';
    throw new InputError([{ message, hint: 'Run it in a Git work tree, or give `version`.' }]);
  }
  const again = nameOfSame(asked, (name) => isOf(commit, name));
  if (again) return { identifier: again };
  return {
    identifier: await firstFree(asked, (sealed) => nextOfCommit(commit, [...names, ...sealed])),
  };
}
