import { namedWorkload } from '@passmuster/core/cluster/named-workload.ts';
import type { Reader } from '@passmuster/core/cluster/reading/reader.ts';
import {
  hasStamp,
  STAMP,
  stampOf,
  stampOn,
  versionFor,
} from '@passmuster/core/cluster/reading/stamp.ts';
import { rolloutOf } from '@passmuster/core/cluster/rollout/state.ts';
import { refText } from '@passmuster/core/cluster/rollout/words.ts';
import { keysIn } from '@passmuster/core/cluster/serving.ts';
import { restartStep } from '@passmuster/core/cluster/steps.ts';
import type { Workload } from '@passmuster/core/cluster/workload.ts';
import type { Problem } from '@passmuster/core/errors.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { SeenTraffic } from './look.ts';
import { restartsNobody, type Target } from './target.ts';

const MOST_NAMED = 10;

const nameOf = ({ kind, name }: Workload): string => `${kind.toLowerCase()}/${name}`;

function unknown(wanted: string, workloads: readonly Workload[]): Problem {
  const named = workloads.slice(0, MOST_NAMED).map((one) => `\`${quotable(nameOf(one))}\``);
  return {
    message: `\`restart\` names ${quotable(wanted)}, which is no workload of the namespace.`,
    hint:
      named.length === 0
        ? 'The namespace has no Deployment, StatefulSet or DaemonSet.'
        : `There is ${named.join(', ')}${workloads.length > MOST_NAMED ? ', …' : ''}.`,
  };
}

interface Chosen {
  readonly readers: readonly Reader[];
  readonly problems: readonly Problem[];
}

/** Those that the input names, or else those that read a key. One that is named counts as reading all of them. */
function chosen({ rollout, configmap }: Target, { workloads, readers }: SeenTraffic): Chosen {
  if (restartsNobody(rollout)) return { readers: [], problems: [] };
  if (rollout.restart.length === 0) return { readers, problems: [] };
  const problems: Problem[] = [];
  const found = rollout.restart.flatMap((wanted): Reader[] => {
    const { kinds, name } = namedWorkload(wanted);
    const isMeant = (one: Workload) => one.name === name && kinds.includes(one.kind);
    const meant = workloads.filter(isMeant);
    if (meant.length === 0) problems.push(unknown(wanted, workloads));
    return meant.map(
      (workload) =>
        readers.find((reader) => reader.workload === workload) ?? {
          workload,
          keys: keysIn(configmap.keys),
          uses: [],
        },
    );
  });
  return { readers: [...new Map(found.map((one) => [one.workload, one])).values()], problems };
}

type Data = ReadonlyMap<string, string | undefined>;

/** Of one that is left as it is, what keeps it from being live; nothing where it never was ours to start. */
function unready({ workload }: Reader): string[] {
  const { uid, generation } = workload;
  const stamp = stampOn(workload);
  if (stamp.size === 0) {
    return [
      `${refText(workload)} was never started by us: which version its pods run nobody knows. \`restart: ${nameOf(workload)}\` starts it anew.`,
    ];
  }
  const rollout = rolloutOf(workload, { uid, generation, stamp });
  return rollout.is === 'done' ? [] : [`${refText(workload)} is not all ready: ${rollout.says}.`];
}

interface Restarts {
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
  readonly remarks: readonly string[];
}

const RELOADER = /^(?:(?:configmap|secret)\.)?reloader\.stakater\.com\//;

const reloaded = ({ workload: { annotations, kind, name } }: Reader): string[] =>
  [...annotations.keys()].some((key) => RELOADER.test(key))
    ? [
        `${kind} ${quotable(name)} is also restarted by Reloader when the ConfigMap changes, so it may restart twice. Take its annotation away, or give \`restart\` without it.`,
      ]
    : [];

/**
 * Who has to start anew so that all pods run with these values: whoever reads a key that changes, and whoever
 * carries a stamp of ours that says something else. One that was never stamped is left alone where nothing changes,
 * unless it is named.
 */
export function restartsFor(
  target: Target,
  seen: SeenTraffic,
  changed: ReadonlyMap<string, string>,
): Restarts {
  const { readers, problems } = chosen(target, seen);
  const data: Data = new Map([...(seen.configMap?.data ?? []), ...changed]);
  const isNamed = target.rollout.restart.length > 0;
  const restarting = readers.flatMap((reader) => {
    const { workload } = reader;
    const version = versionFor(reader, target.configmap.keys, data);
    const stamp = stampOf(reader, data, { version });
    const isTouched = reader.keys.some((key) => changed.has(key));
    if (hasStamp(workload.template.annotations, stamp)) {
      // What it reads has been something else meanwhile, and some of its pods may have read that.
      const again = seen.configMap?.resourceVersion;
      return isTouched && again
        ? [{ reader, stamp: new Map([...stamp, [STAMP.again, again]]) }]
        : [];
    }
    const isStamped = stampOn(workload).size > 0;
    return isTouched || isStamped || isNamed ? [{ reader, stamp }] : [];
  });
  const waiting = readers.filter(({ workload }) =>
    restarting.every(({ reader }) => reader.workload !== workload),
  );
  return {
    steps: restarting.map(({ reader, stamp }) => restartStep(reader.workload, stamp)),
    problems,
    remarks: [...restarting.flatMap(({ reader }) => reloaded(reader)), ...waiting.flatMap(unready)],
  };
}
