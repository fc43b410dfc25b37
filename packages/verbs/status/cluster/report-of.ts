import { instant } from '@passmuster/core/moment.ts';
import { plainText } from '@passmuster/core/page.ts';
import type { StatusReport } from '../report.ts';
import type { ToldCluster, ToldWorkload } from './told.ts';

type Cluster = NonNullable<StatusReport['models'][number]['environments'][number]['cluster']>;

/** A server may say anything. */
const whole = (amount: number): number => Math.min(Math.max(0, Math.trunc(amount)), MOST);

const MOST = Number.MAX_SAFE_INTEGER;

function workloadOf(one: ToldWorkload): Cluster['workloads'][number] {
  const { kind, name, keys, version, isStale, isPaused, counts, rollout } = one;
  const remark = rollout.is === 'done' ? rollout.remark : undefined;
  return {
    kind,
    name,
    keys,
    ...(version !== undefined && { version }),
    stale: isStale,
    rollout: { is: rollout.is, says: rollout.says, ...(remark !== undefined && { remark }) },
    paused: isPaused,
    ready: whole(counts.ready),
    wanted: whole(counts.wanted),
  };
}

function valuesOf({ values }: ToldCluster): Partial<Cluster> {
  if (values === undefined) return {};
  const { current, canary, share, registryUrl } = values;
  return {
    ...(current !== undefined && { current }),
    ...(canary !== undefined && { canary }),
    ...(!Number.isNaN(share) && { share }),
    ...(registryUrl !== undefined && { model_registry_url: registryUrl }),
  };
}

function writerOf({ writer }: ToldCluster): Partial<Cluster> {
  if (writer === undefined) return {};
  const { name, at } = writer;
  return { writer: { name, ...(at !== undefined && { at: instant(at) }) } };
}

export function clusterOf(told: ToldCluster): Cluster {
  const { configmap, values, unread, workloads = [], isMoving, disagreements, remarks } = told;
  return {
    configmap,
    there: values !== undefined,
    ...(unread && { unread: [unread.message, unread.hint].filter(Boolean).join(' ') }),
    ...valuesOf(told),
    ...writerOf(told),
    workloads: workloads.map(workloadOf),
    moving: isMoving,
    disagreements: disagreements.map(({ says, hint, commands }) => ({
      says: plainText(says),
      hint,
      ...(commands && { commands }),
    })),
    remarks: remarks.map(plainText),
  };
}
