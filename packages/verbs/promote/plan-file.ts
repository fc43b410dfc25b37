import type { GivenPlan } from '@passmuster/core/approvals/approvals.ts';
import { InputError, PassmusterError } from '@passmuster/core/errors.ts';
import { runUrl } from '@passmuster/core/host.ts';
import { type Plan, planDigest } from '@passmuster/core/promotions/identity.ts';
import { found, quotable } from '@passmuster/core/quote.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import { parseStrictJson } from '@passmuster/core/strict-json.ts';
import { decodeUtf8 } from '@passmuster/core/utf8.ts';
import { approvedBefore } from './approvals.ts';
import type { Job } from './job.ts';

const MOST_BYTES = 1024 * 1024;
const FORMAT = 'passmuster.plan/1';

/** What a later job may hold its own plan against; nothing in it is ever carried out. */
export interface PlanFile {
  readonly digest: string;
  /** The run that wrote it, and which of its attempts. */
  readonly run: GivenPlan['run'];
  /** Who had approved the environment by then, in earlier attempts. */
  readonly approvedBefore: GivenPlan['approvedBefore'];
}

/** Writes the plan, before anything moves by it. */
export async function writePlan(job: Job, plan: Plan): Promise<void> {
  const file = job.inputs['plan-file'];
  if (file === undefined) return;
  const { run } = job.ports.host;
  const before = await approvedBefore(job);
  const written = {
    format: FORMAT,
    digest: planDigest(plan),
    ...(run && { run: run.id, attempt: run.attempt, made_in: runUrl(run) }),
    ...(before && { approved_before: before }),
    plan,
  };
  await job.ports.files.write(file, `${JSON.stringify(written, undefined, 2)}\n`);
}

/** What a plan file says of itself. */
export async function readPlan({
  inputs,
  ports,
}: Pick<Job, 'inputs' | 'ports'>): Promise<PlanFile | undefined> {
  const file = inputs.plan;
  if (file === undefined) return undefined;
  const bytes = await ports.files.read(file, MOST_BYTES);
  const wrong = (what: string) =>
    new InputError([
      {
        message: `\`plan\`: ${found(file)} ${what}.`,
        hint: 'Give the file that an earlier job of this run wrote with `plan-file`.',
      },
    ]);
  if (bytes === undefined) throw wrong('is not there');
  const read = parseStrictJson(decodeUtf8(bytes, file), file);
  if (!isMap(read) || read['format'] !== FORMAT) throw wrong('is no plan of ours');
  const { digest, run, attempt, approved_before: before } = read;
  if (typeof digest !== 'string') throw wrong('has no digest');
  const ours = ports.host.run?.id;
  if (run !== ours) {
    const by = typeof run === 'string' ? `run ${quotable(run)}` : 'no run of a workflow';
    const are = ours === undefined ? 'no run of a workflow' : `run ${ours}`;
    throw wrong(`was written by ${by}, and this is ${are}`);
  }
  return {
    digest,
    run:
      ours === undefined
        ? undefined
        : { id: ours, attempt: typeof attempt === 'string' ? attempt : 'unknown' },
    approvedBefore: Array.isArray(before)
      ? before.filter((one) => typeof one === 'string')
      : undefined,
  };
}

/** Planned anew it must be the same, or the world, the policy or the evidence has moved. */
export function holdAgainstPlan({ planned }: Job, plan: Plan): void {
  if (planned === undefined || planned.digest === planDigest(plan)) return;
  throw new PassmusterError('conflict', [
    {
      message: `Planned anew, this is another plan than the one in \`plan\`: ${quotable(planned.digest, 80)} was agreed to, and it would be ${planDigest(plan)} now.`,
      hint: 'What is there, the version, the policy or the evidence has changed since. Look at the new plan (`dry-run`), and have that one approved.',
    },
  ]);
}
