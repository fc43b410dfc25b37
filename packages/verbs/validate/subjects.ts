import { standsAt } from '@passmuster/core/environments/stands.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { Ledger, Whole } from '@passmuster/core/ledger/ledger.ts';
import { hasGoneOn, recordedIn } from '@passmuster/core/promotions/live.ts';
import { unsettled } from '@passmuster/core/promotions/problems.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { together } from '@passmuster/core/together.ts';
import type { Looked } from '@passmuster/core/versions/look-up.ts';
import { type Remembered, remember } from '@passmuster/core/versions/remembered.ts';
import { resolveSelector } from '@passmuster/core/versions/resolve.ts';
import {
  type Meaning,
  type SealedName,
  sealedAs,
  sealOf,
} from '@passmuster/core/versions/sealed.ts';
import { noModel } from '@passmuster/core/versions/what-there-is.ts';
import type { Environment } from './rules.ts';
import { sealsOf } from './seals.ts';

/** A version that is judged or compared with. */
export interface Subject {
  readonly version: ModelVersion;
  /** What gives it its name; absent where none does. */
  readonly sealed?: SealedName;
}

/** Whom the candidate is compared with. */
export type Champion =
  | ({ readonly kind: 'version'; readonly by: string } & Subject)
  /** Files stand for it, and no version does. */
  | { readonly kind: 'files' }
  /** The candidate is the champion. */
  | { readonly kind: 'itself'; readonly by: string }
  /** The policy has the environment, and neither its alias nor its stage has a version. */
  | { readonly kind: 'none'; readonly says: string }
  /** It cannot be told: gates that need it are inconclusive. */
  | { readonly kind: 'unclear'; readonly says: string; readonly hint: string };

export interface Subjects {
  /** Absent where only files are judged. */
  readonly candidate?: Subject;
  /** Absent where nobody asked for one. */
  readonly champion?: Champion;
  readonly remarks: readonly string[];
}

interface Asked {
  readonly model: string;
  readonly version?: string | undefined;
  readonly champion?: string | undefined;
  readonly environment?: Environment | undefined;
}

async function subjectOf(meaning: Meaning, version: ModelVersion): Promise<Subject> {
  const sealed = await sealOf(meaning, version);
  return { version, ...(sealed && { sealed }) };
}

interface Registered extends Looked {
  readonly remembered: Remembered;
  /** Whether the server has aliases; asked only where nothing shows it. */
  readonly hasAliases: () => Promise<boolean>;
  readonly whole: Whole | undefined;
}

async function championOf(
  { environment }: Asked,
  { remembered, hasAliases, whole }: Registered,
): Promise<Exclude<Champion, { kind: 'itself' | 'files' }> | undefined> {
  if (environment === undefined) return undefined;
  const { model, versions } = remembered;
  if (versions === undefined) {
    const says = `the registry cannot list the versions of a model, so that nobody can tell which is in ${environment.name}`;
    return { kind: 'unclear', says, hint: 'Name the champion with `champion`.' };
  }
  const { name, policy } = environment;
  const marks = { versions, aliases: model?.aliases ?? new Map<string, string>() };
  const history = whole?.history({ environment: name });
  const [broken] = whole && history ? unsettled(whole, history) : [];
  if (broken) return { kind: 'unclear', says: broken.message, hint: broken.hint ?? '' };
  const recorded = recordedIn(history?.sealed ?? []);
  const known = recorded === undefined || (await hasAliases());
  const wentOn = () =>
    whole !== undefined && recorded !== undefined && hasGoneOn(whole, recorded, policy.stage ?? '');
  const standing = standsAt({ ...policy, name }, marks, recorded, known, wentOn);
  if (recorded !== undefined || standing.kind !== 'none' || environment.isDecided) return standing;
  // It may never have had a version, or be misspelt: nobody has said what it is.
  return {
    kind: 'unclear',
    says: `no policy in force has the environment ${quotable(environment.name)}, and no alias is called so`,
    hint: 'Name it under `environments` in the policy, set that alias, or give `champion`.',
  };
}

async function asked(asking: Asked, at: Registered): ReturnType<typeof championOf> {
  if (asking.champion === undefined) return championOf(asking, at);
  try {
    const version = await resolveSelector(at, asking.champion);
    return { kind: 'version', version, by: '`champion`' };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // The same sentences serve both selectors; which of the two it is must be said.
    const [first, ...more] = error.problems;
    if (first === undefined) throw error;
    throw new InputError([{ ...first, message: `\`champion\`: ${first.message}` }, ...more]);
  }
}

/** Candidate and champion, in three questions that go together where the registry can list versions. */
export async function subjectsOf(
  asking: Asked,
  registry: Registry,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<Subjects> {
  const [remembered, { meaning, whole, remarks }] = await together(signal, [
    (either) => remember(registry, asking.model, { signal: either }),
    (either) => sealsOf(ledger, either),
  ]);
  const at: Registered = {
    remembered,
    whole,
    hasAliases: async () =>
      (remembered.model?.aliases.size ?? 0) > 0 ||
      registry.has('aliases', asking.model, { signal }),
    registry: remembered.registry,
    model: asking.model,
    sealedAs: sealedAs(meaning),
    call: { signal },
  };
  if (remembered.model === undefined && !remembered.versions?.length) {
    throw new InputError([await noModel(at)]);
  }
  const candidate =
    asking.version === undefined
      ? undefined
      : await subjectOf(meaning, await resolveSelector(at, asking.version));
  const base = { ...(candidate && { candidate }), remarks };
  const found = await asked(asking, at);
  if (found === undefined) return base;
  if (found.kind !== 'version') return { ...base, champion: found };
  const isItself = found.version.number === candidate?.version.number;
  const champion: Champion = isItself
    ? { kind: 'itself', by: found.by }
    : { ...found, ...(await subjectOf(meaning, found.version)) };
  return { ...base, champion };
}
