import type { Standing } from '@passmuster/core/environments/standing.ts';
import type { Problem } from '@passmuster/core/errors.ts';
import { lastTraffic } from '@passmuster/core/promotions/canary.ts';
import type { Traffic } from '@passmuster/core/promotions/record.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import { together } from '@passmuster/core/together.ts';
import { VERSION_TAG } from '@passmuster/core/versions/identifier.ts';
import type { SealedName } from '@passmuster/core/versions/sealed.ts';
import type { Answered } from '../moving/answer-for.ts';
import { courseOf } from '../moving/course.ts';
import { digestProblem } from '../moving/digest-stands.ts';
import {
  type Glance,
  refuseBroken,
  type Seen,
  type SeenThere,
  thereIn,
  withAliases,
} from '../moving/look.ts';
import { partyOf } from '../moving/party.ts';
import { fromOf } from '../moving/record-of.ts';
import { withWitness } from '../moving/with-witness.ts';
import type { Champion, Subject } from '../validate/subjects.ts';
import { against } from './against.ts';
import { approvalsFor } from './approvals.ts';
import { versionFor } from './candidate.ts';
import type { Considered } from './considered.ts';
import { finishedBy, unexpected } from './expect.ts';
import { type Grounds, groundsOf } from './grounds.ts';
import { type Job, peopleOf } from './job.ts';
import { movesOf } from './moves.ts';
import type { Obstacle } from './obstacles.ts';
import { passed } from './override.ts';
import { planOf } from './plan.ts';

function subjectOf(version: ModelVersion, names: ReadonlyMap<string, SealedName>): Subject {
  const sealed = names.get(version.tags.get(VERSION_TAG) ?? '');
  return { version, ...(sealed?.number === version.number && { sealed }) };
}

/** Whom the version is compared with: whatever is there now. */
function championOf(standing: Standing, version: ModelVersion, names: Seen['names']): Champion {
  if (standing.kind !== 'version') return standing;
  if (standing.version.number === version.number) return { kind: 'itself', by: standing.by };
  return { ...standing, ...subjectOf(standing.version, names) };
}

/** What an environment has depends on whether the server has aliases only once something of it is on record. */
function enough({ environment, ...job }: Job, glance: Glance): Glance | Promise<Glance> {
  const { sealed } = glance.whole.history({ environment: environment.name });
  return sealed.length === 0 ? glance : withAliases(job, glance, job.ports.signal);
}

/** What the ledger says and a hand has emptied is there, for a promotion that sets it again. */
async function mended(
  job: Job,
  glance: Glance,
  there: SeenThere,
  candidate: ModelVersion,
): Promise<SeenThere> {
  const { standing } = there;
  const emptied = standing.kind === 'unclear' ? standing.emptied : undefined;
  if (emptied?.version.number !== candidate.number) return there;
  const seen = await withAliases(job, glance, job.ports.signal);
  const { steps, problem } = courseOf(job, seen, there, candidate);
  if (problem || steps.length === 0) return there;
  const { version, by } = emptied;
  return { ...there, standing: { kind: 'version', version, by } };
}

type Base = Pick<Considered, 'there' | 'version' | 'to' | 'from' | 'standing'>;

interface First extends Base {
  /** As `there`, before what a hand has emptied is taken for what this sets again. */
  readonly asSeen: SeenThere;
  readonly finished?: Answered;
  readonly wrong: readonly Obstacle[];
}

/** What one look shows, before anything is judged. */
async function shownBy(job: Job, seen: Glance, answered: readonly Answered[]): Promise<First> {
  const asSeen = thereIn(seen, job.environment);
  refuseBroken(seen, asSeen);
  const version = await versionFor(job, seen, job.inputs.version, 'version');
  const there = await mended(job, seen, asSeen, version);
  const { standing } = there;
  const to = partyOf(version, seen.names);
  const from = standing.kind === 'unclear' ? undefined : fromOf(there, seen);
  const finished = finishedBy(job, answered, there, to);
  const wrong = await unexpected(job, seen, standing, finished);
  return { asSeen, there, version, to, from, standing, wrong, ...(finished && { finished }) };
}

interface Judged {
  readonly grounds: Grounds;
  readonly digest: Problem | undefined;
  readonly seen: Seen;
}

/** Judges, and asks beside that what was not asked yet. */
async function judged(job: Job, glance: Glance, { version, standing }: Base): Promise<Judged> {
  const { inputs, ports, registry, ruling } = job;
  const candidate = subjectOf(version, glance.names);
  const champion = championOf(standing, version, glance.names);
  const [grounds, digest, seen] = await together(ports.signal, [
    (signal) =>
      groundsOf({ inputs, ports: { ...ports, signal }, registry, ruling, candidate, champion }),
    (signal) => digestProblem(registry, version, glance.names, signal),
    (signal) => withAliases(job, glance, signal),
  ]);
  return { grounds, digest, seen };
}

/** Whether the record says that it is there already, or that it is a canary of this share. */
function isThere({ canary }: Job, { there: { history, recorded }, to, from }: Base): boolean {
  if (canary === undefined) return from?.number === to.number && recorded?.ticket !== undefined;
  const last = lastTraffic(history.sealed)?.move;
  return last?.verb === 'deploy' && last.to?.number === to.number && isAt(last.traffic, canary);
}

const isAt = ({ canary, share }: Traffic, wanted: { readonly share: number }): boolean =>
  canary !== undefined && share === wanted.share;

/**
 * Everything that has to be known before a version moves, from one look at ledger and registry; `answered` is
 * what we have ended for others before it.
 */
export async function consider(
  job: Job,
  look: Glance,
  answered: readonly Answered[] = [],
): Promise<Considered> {
  const inCluster = await job.target?.look(job.ports.signal);
  const glance = await enough(job, await withWitness(job, look, inCluster?.configMap));
  const { wrong, asSeen, ...base } = await shownBy(job, glance, answered);
  const { there, version, to, from } = base;
  const moving = { there: asSeen, version, to, from, inCluster };
  if (isThere(job, base) && wrong.length === 0) {
    const seen = await withAliases(job, glance, job.ports.signal);
    const { steps, remarks, problems, traffic } = await movesOf(job, { ...moving, seen });
    if (steps.length === 0 && problems.length === 0) {
      const serving = { inCluster, ...(traffic && { traffic }) };
      return { ...base, ...serving, seen, remarks, obstacles: [], decision: 'unchanged' };
    }
  }
  const { grounds, digest, seen } = await judged(job, glance, base);
  const moves = await movesOf(job, { ...moving, seen });
  const { steps, traffic } = moves;
  const plan = planOf(job, { seen, from, to, steps, grounds });
  const candidate = subjectOf(version, seen.names);
  const approvals = await approvalsFor(job, { there, candidate, plan });
  const found = { ...base, seen, wrong, digest, moves, grounds, approvals, inCluster };
  const { left, override } = passed(job, against(job, found), peopleOf(job.ports));
  if (left.length === 0 && inCluster) {
    await job.target?.dryRun(inCluster, steps, job.ports.signal, job.inputs['dry-run']);
  }
  return {
    ...{ ...base, seen, grounds, plan, approvals, inCluster, remarks: moves.remarks },
    ...(traffic && { traffic }),
    ...(override && { override }),
    obstacles: left,
    decision: left.length > 0 ? 'refuse' : 'move',
  };
}
