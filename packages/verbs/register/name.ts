import { InputError } from '@passmuster/core/errors.ts';
import {
  bumpRefusal,
  lastRelease,
  nextVersion,
  predecessor,
} from '@passmuster/core/versions/bump.ts';
import { nextOfCommit } from '@passmuster/core/versions/commit.ts';
import { readIdentifier, type Scheme, VERSION_TAG } from '@passmuster/core/versions/identifier.ts';
import type { SealedName } from '@passmuster/core/versions/sealed.ts';
import {
  formatSemantic,
  type Level,
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
  readonly names: ReadonlyMap<string, SealedName>;
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
  const twin = world.versions.findLast((version) => {
    const { digest, origin } = saysItIs(version);
    const is = wish.hashed && digest !== undefined ? { digest } : origin;
    return fits(version.tags.get(VERSION_TAG) ?? '') && sameIdentity(is, wanted);
  });
  return twin?.tags.get(VERSION_TAG);
}

/** What counts as released: what was sealed; only where nothing ever was, what versions say of themselves. */
function known({ names, world }: Asked): SemanticVersion[] {
  const sealed = parsed([...names.keys()]);
  return sealed.length > 0 ? sealed : parsed(namesIn(world));
}

/** A name stays taken when its version is gone, and one that was never sealed may still be somebody's. */
const taken = ({ names, world }: Asked): string[] => [...names.keys(), ...namesIn(world)];

function nextFree(asked: Asked, level: Level | 'none'): string {
  const all = new Set(taken(asked));
  const past = known(asked);
  let next = nextVersion(past, level);
  while (all.has(formatSemantic(next))) {
    past.push(next);
    next = nextVersion(past, 'patch');
  }
  return formatSemantic(next);
}

function ofBump(asked: Asked): Name {
  const { inputs, wish, names } = asked;
  const again = nameOfSame(asked, (name) => 'identifier' in readIdentifier(name, 'semantic'));
  if (again) return { identifier: again };
  const last = lastRelease(known(asked));
  const step = last && stepFrom(names, last, wish);
  if (inputs.bump === 'auto' && step && !step.known) {
    throw new InputError([
      {
        message: `\`bump: auto\` needs to know what ${step.before} was made of, and no record says so.`,
        hint: 'Give `version`, or say which part goes up.',
      },
    ]);
  }
  const level = inputs.bump === 'auto' || !inputs.bump ? (step?.level ?? 'none') : inputs.bump;
  return judged(nextFree(asked, level), asked, step);
}

function judged(identifier: string, asked: Asked, step: Step | undefined): Name {
  const [wanted] = parsed([identifier]);
  const needed = step ?? { level: 'none' as const, reasons: [] };
  const refusal = wanted && bumpRefusal(known(asked), wanted, needed);
  return { identifier, ...(refusal !== undefined && { refusal }), ...(step && { step }) };
}

function semantic(asked: Asked): Name {
  const { inputs, wish, names } = asked;
  const [wanted] = parsed(inputs.version === undefined ? [] : [inputs.version]);
  if (wanted === undefined) return ofBump(asked);
  const before = predecessor(known(asked), wanted);
  const step = before && stepFrom(names, before, wish);
  return judged(formatSemantic(wanted), asked, step);
}

/** Whether a version is named after that commit: the first one or a later. */
const isOf = (commit: string, name: string): boolean =>
  'identifier' in readIdentifier(name, 'commit') && name.startsWith(nextOfCommit(commit, []));

function ofCommit(asked: Asked): Name {
  const { inputs, wish } = asked;
  const commit = wish.code?.commit;
  const given = inputs.version;
  if (commit === undefined) {
    if (given !== undefined) return { identifier: given };
    const message = 'The version is named after its commit, and there is none here.';
    throw new InputError([{ message, hint: 'Run it in a Git work tree, or give `version`.' }]);
  }
  if (given !== undefined && !isOf(commit, given)) {
    const message = `\`version\` is ${given}, but the commit that is checked out is ${commit}.`;
    throw new InputError([{ message, hint: 'Leave `version` out: the commit says it.' }]);
  }
  const again = nameOfSame(asked, (name) => isOf(commit, name));
  return { identifier: given ?? again ?? nextOfCommit(commit, taken(asked)) };
}

function ofTime(asked: Asked): Name {
  const { inputs, now } = asked;
  const again = nameOfSame(asked, (name) => 'identifier' in readIdentifier(name, 'timestamp'));
  return { identifier: inputs.version ?? again ?? nextAtTime(now, taken(asked)) };
}

const BY_SCHEME: Record<Scheme, (asked: Asked) => Name> = {
  semantic,
  commit: ofCommit,
  timestamp: ofTime,
};

/** The name by the model's scheme; what that name means already is for `decide` to find out. */
export const nameOf = (asked: Asked): Name => BY_SCHEME[asked.scheme](asked);
