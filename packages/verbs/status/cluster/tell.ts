import type { ConfigMap } from '@passmuster/core/cluster/configmap.ts';
import { hasCanary, type Keys, keysIn, shareIn } from '@passmuster/core/cluster/serving.ts';
import type { Text } from '@passmuster/core/page.ts';
import { NOTE } from '../../traffic/annotations.ts';
import { shown } from '../words.ts';
import { type About, type AboutMap, lastDeployed, placeOf, ticketText } from './about.ts';
import { canaryAgainst, unreadShare } from './canary.ts';
import { currentAgainst } from './current.ts';
import type { ClusterDisagreement, ToldCluster, ToldValues } from './told.ts';
import { movesIn } from './under-way.ts';
import { staleAmong, unwellAmong, workloadsIn } from './workloads.ts';
import { writerOf } from './writer.ts';

function valuesIn({ data }: ConfigMap, keys: Keys): ToldValues {
  const [current, canary, registryUrl] = [keys.current, keys.canary, keys.registry].map((key) =>
    data.get(key),
  );
  return {
    share: shareIn(data, keys),
    ...(current !== undefined && { current }),
    ...(canary !== undefined && hasCanary(data, keys) && { canary }),
    ...(registryUrl !== undefined && { registryUrl }),
  };
}

/** What there is to say of a ConfigMap that is not there. */
function missing(about: About): Pick<ToldCluster, 'disagreements' | 'remarks'> {
  const { seen, party, isRecorded } = about;
  const [what, which, hint]: readonly [string, string, string] =
    seen.hasNamespace === false
      ? ['namespace', seen.configmap.place.namespace, '']
      : ['ConfigMap', placeOf(about), ', or have `deploy` make it (`create: true`)'];
  const says: Text = [`There is no ${what} `, shown(which), ' at ', shown(seen.address), '.'];
  const isExpected = (isRecorded && party !== undefined) || lastDeployed(about) !== undefined;
  if (!isExpected) return { disagreements: [], remarks: [says] };
  const all = `Check the name, and that this is the cluster that you mean (\`context\`, \`kubeconfig\`)${hint}.`;
  return { disagreements: [{ says, hint: all }], remarks: [] };
}

/** It says what serves of another model. */
function taken(about: AboutMap, owner: string): ClusterDisagreement[] {
  const last = lastDeployed(about);
  if (last === undefined) return [];
  return [
    {
      says: [
        'The ConfigMap ',
        shown(placeOf(about)),
        ' says what serves of the model ',
        shown(owner),
        ' by now (annotation ',
        shown(NOTE.model),
        '), though ',
        shown(about.model),
        ' was deployed there (',
        ...ticketText(last.entry),
        ').',
      ],
      hint: 'Give each model a ConfigMap of its own. If this one is to serve this model again, take the annotation away, and deploy.',
    },
  ];
}

/** What the ConfigMap says, held against the ledger. */
function againstLedger(about: AboutMap): Pick<ToldCluster, 'disagreements' | 'remarks'> {
  const current = currentAgainst(about);
  return {
    disagreements: [...current.disagreements, ...canaryAgainst(about)],
    remarks: current.remarks,
  };
}

const NOTHING = { disagreements: [], remarks: [] } as const;

/** What there is to tell of what serves, from one look at the cluster. */
export function tellCluster(about: About): ToldCluster {
  const { seen, isKnown, open } = about;
  const { keys } = seen.configmap;
  const configMap = 'value' in seen.configMap ? seen.configMap.value : undefined;
  const owner = configMap?.annotations.get(NOTE.model);
  const another = owner === undefined || owner === about.model ? undefined : owner;
  const workloads = workloadsIn(seen, another === undefined ? configMap?.data : undefined);
  const { isMoving, isExplained } = movesIn(open, seen);
  const unread = [seen.configMap, seen.workloads].flatMap((one) =>
    'unread' in one ? [one.unread] : [],
  )[0];
  const plain = {
    configmap: placeOf(about),
    ...(unread && { unread }),
    isMissing: 'value' in seen.configMap && configMap === undefined,
    isOfAnother: another !== undefined && lastDeployed(about) === undefined,
    isMoving,
    ...(workloads && { workloads }),
  };
  const running = isMoving || plain.isOfAnother ? [] : (workloads ?? []);
  const unwell = [...staleAmong(about, running), ...unwellAmong(running)];
  if (configMap === undefined) {
    const found = plain.isMissing && !isMoving ? missing(about) : NOTHING;
    return { ...plain, ...found, disagreements: [...found.disagreements, ...unwell] };
  }
  const map: AboutMap = { ...about, configMap, keys };
  const isHeld = isKnown && another === undefined && !isExplained;
  const found = isHeld ? againstLedger(map) : NOTHING;
  const writer = writerOf(configMap, keysIn(keys));
  return {
    ...plain,
    values: valuesIn(configMap, keys),
    ...(writer && { writer }),
    disagreements: [
      ...(another === undefined ? [] : taken(map, another)),
      ...(plain.isOfAnother ? [] : unreadShare(map)),
      ...found.disagreements,
      ...unwell,
    ],
    remarks:
      plain.isOfAnother && another !== undefined
        ? [
            [
              'The ConfigMap ',
              shown(plain.configmap),
              ' says what serves of the model ',
              shown(another),
              '.',
            ],
          ]
        : found.remarks,
  };
}
