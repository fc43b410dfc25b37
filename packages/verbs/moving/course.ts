import type { Problem } from '@passmuster/core/errors.ts';
import { stepsTo } from '@passmuster/core/promotions/marks.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import type { Seen, SeenThere } from './look.ts';
import type { Environment, Place } from './place.ts';

type Policies = Pick<Place, 'policy'>;

const LATER: Readonly<Record<string, readonly string[]>> = { Staging: ['Production'] };

/** The environments that come before one, by `after`. */
function before({ policy }: Policies, name: string): ReadonlySet<string> {
  const names = new Set<string>();
  const { environments } = policy.policy ?? {};
  for (let at = environments?.get(name)?.after; at !== undefined && !names.has(at); ) {
    names.add(at);
    at = environments?.get(at)?.after;
  }
  return names;
}

/**
 * Where moving the stage would take the version out of another environment that does not lead here: a version
 * has one stage, and the readers of that one would find nobody. Staging leads to production where no `after`
 * says otherwise.
 */
function takenFrom(
  place: Policies,
  { name, policy: { stage: target } }: Environment,
  { stage }: ModelVersion,
): string | undefined {
  if (target === undefined || stage === target) return undefined;
  const isLater = LATER[target]?.includes(stage) === true;
  const others = [...(place.policy.policy?.environments ?? [])];
  if (others.length === 0) return isLater ? `the stage ${stage}` : undefined;
  const [owner] = others.find(([, one]) => one.stage === stage) ?? [];
  if (owner === undefined || before(place, name).has(owner)) return undefined;
  return isLater || before(place, owner).has(name) ? quotable(owner) : undefined;
}

/** What has to change in the registry so that a version is in an environment. */
interface Course {
  readonly steps: readonly Step[];
  /** Why there is no way there. */
  readonly problem?: Problem;
  /** What a reader should know of what will not change. */
  readonly remarks: readonly string[];
}

const noWay = (message: string, hint: string): Course => ({
  steps: [],
  problem: { message, hint },
  remarks: [],
});

function nothingToMark({ hasAliases }: Seen, { name }: Environment): Course {
  const lacks = hasAliases ? 'stages' : 'aliases';
  return noWay(
    `The registry has no ${lacks}, and ${quotable(name)} has nothing else that says which version is there.`,
    'Give the environment a `stage` in the policy, or use a registry that has aliases.',
  );
}

/** Whether the version is where it is to be, but for its alias. */
function isThere({ standing }: SeenThere, number: string): boolean {
  if (standing.kind === 'version') return standing.version.number === number;
  const emptied = standing.kind === 'unclear' ? standing.emptied : undefined;
  return emptied?.version.number === number && !emptied.stage;
}

/** Stage and alias, as far as the server and the environment have them. A version that is there only gets its alias. */
export function courseOf(
  place: Policies,
  seen: Seen,
  there: SeenThere,
  version: ModelVersion,
): Course {
  const { environment } = there;
  const { policy, hasAlias = true } = environment;
  const { number } = version;
  const { marks } = seen;
  const alias = hasAlias && seen.hasAliases ? { alias: policy.alias } : {};
  if (isThere(there, number)) {
    return { steps: stepsTo({ number, ...alias }, marks), remarks: [] };
  }
  const stage = policy.stage !== undefined && seen.hasStages ? { stage: policy.stage } : {};
  if (!('stage' in stage) && !('alias' in alias)) return nothingToMark(seen, environment);
  const other = 'stage' in stage ? takenFrom(place, environment, version) : undefined;
  if (other === undefined) {
    return { steps: stepsTo({ number, ...stage, ...alias }, marks), remarks: [] };
  }
  const said = `Number ${quotable(number)} is in ${other} now, and a version has one stage`;
  if (!('alias' in alias)) {
    const hint = `Promote another version to ${other} first, or use a registry that has aliases.`;
    return noWay(`${said}: it would be taken out there.`, hint);
  }
  // Whoever was there before would contradict the alias.
  const emptied = policy.stage === undefined ? {} : { emptied: policy.stage };
  const remarks = [`${said}, so only the alias moves.`];
  return { steps: stepsTo({ number, ...alias, ...emptied }, marks), remarks };
}
