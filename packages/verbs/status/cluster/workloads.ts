import type { Reader } from '@passmuster/core/cluster/reading/reader.ts';
import { readersOf } from '@passmuster/core/cluster/reading/readers.ts';
import {
  hasStamp,
  STAMP,
  stampOf,
  stampOn,
  versionFor,
} from '@passmuster/core/cluster/reading/stamp.ts';
import { rolloutOf } from '@passmuster/core/cluster/rollout/state.ts';
import { kubectlName, nameText } from '@passmuster/core/cluster/rollout/words.ts';
import { type Keys, keysIn } from '@passmuster/core/cluster/serving.ts';
import { code, type Inline } from '@passmuster/core/page.ts';
import { plural } from '@passmuster/report/quantity.ts';
import { shown } from '../words.ts';
import { type About, deployCommands, listed, placeOf } from './about.ts';
import type { SeenCluster } from './look.ts';
import type { ClusterDisagreement, ToldWorkload } from './told.ts';

type Data = ReadonlyMap<string, string>;

function toldOf(reader: Reader, keys: Keys, data: Data | undefined): ToldWorkload {
  const { workload } = reader;
  const { kind, namespace, name, uid, generation, isPaused, counts } = workload;
  const stamp = stampOn(workload);
  const version = stamp.get(STAMP.version);
  const now = data && stampOf(reader, data, { version: versionFor(reader, keys, data) });
  return {
    ...{ kind, namespace, name, keys: reader.keys, isPaused, counts },
    ...(version !== undefined && { version }),
    isStale: now !== undefined && stamp.size > 0 && !hasStamp(stamp, now),
    rollout: rolloutOf(workload, { uid, generation, stamp }),
  };
}

/** Those that read the ConfigMap; nothing where nobody may know. */
export function workloadsIn(
  { workloads, configmap: { place, keys } }: SeenCluster,
  data: Data | undefined,
): readonly ToldWorkload[] | undefined {
  if (!('value' in workloads)) return undefined;
  return readersOf(workloads.value, place.name, keysIn(keys)).map((reader) =>
    toldOf(reader, keys, data),
  );
}

/** `Deployment api` */
export const workloadShown = ({ kind, name }: Pick<ToldWorkload, 'kind' | 'name'>): Inline =>
  code(`${kind} ${nameText(name)}`);

const MOST_NAMED = 5;

/** Those whose pods were started when their keys said something else: one cause, and so one sentence. */
export function staleAmong(
  about: About,
  workloads: readonly ToldWorkload[],
): ClusterDisagreement[] {
  const stale = workloads.filter(({ isStale }) => isStale);
  if (stale.length === 0) return [];
  const named: Inline[] = stale.slice(0, MOST_NAMED).map(workloadShown);
  const left = stale.length - named.length;
  const versions = [...new Set(stale.flatMap(({ version }) => version ?? []))];
  const runs: Inline[] =
    versions.length > 0 ? [' (', ...listed(versions.slice(0, MOST_NAMED).map(shown)), ')'] : [];
  return [
    {
      says: [
        ...listed(left > 0 ? [...named, plural(left, 'more workload')] : named),
        stale.length === 1 ? ' runs' : ' run',
        ' with other values',
        ...runs,
        ' than the ConfigMap ',
        shown(placeOf(about)),
        ' has now; a pod that starts anew gets those.',
      ],
      hint: `Deploy again, which starts ${stale.length === 1 ? 'it' : 'them'} anew.`,
      ...(about.party && { commands: deployCommands(about, about.party) }),
    },
  ];
}

/** Those that do not run as they are to. */
export const unwellAmong = (workloads: readonly ToldWorkload[]): ClusterDisagreement[] =>
  workloads.flatMap((one): ClusterDisagreement[] => {
    const { rollout } = one;
    if (rollout.is === 'done') return [];
    const what = rollout.is === 'failed' ? ' has failed to roll out: ' : ' is not rolled out: ';
    const hint =
      rollout.is === 'failed'
        ? rollout.hint
        : `Look how it goes on: \`kubectl rollout status ${kubectlName(one)}\`.`;
    return [{ says: [workloadShown(one), what, `${rollout.says}.`], hint }];
  });
