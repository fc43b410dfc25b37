import { moment } from '@passmuster/core/moment.ts';
import type { Block, Inline, Text } from '@passmuster/core/page.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { isSingle, type Told, type ToldEnvironment, type ToldModel } from '../told.ts';
import { shown } from '../words.ts';
import type { ToldCluster, ToldValues, ToldWorkload } from './told.ts';
import { workloadShown } from './workloads.ts';

/** `serves v1.2.0, canary v1.3.0 at 10 %, artifacts below s3://models` */
function valuesText({ current, canary, share, registryUrl }: ToldValues): Inline[] {
  const percent = Number.isNaN(share) ? 'at a share that cannot be read' : `at ${share} %`;
  return [
    ' serves ',
    current ? shown(current) : 'nothing that it names',
    ...(canary === undefined ? [] : [', canary ', shown(canary), ` ${percent}`]),
    ...(registryUrl ? [', artifacts below ', shown(registryUrl)] : []),
  ];
}

function mapText({ configmap, values, isMissing, writer }: ToldCluster): Inline[] {
  const named: Inline[] = ['The ConfigMap ', shown(configmap)];
  if (values === undefined) {
    return [...named, isMissing ? ' is not there.' : ' could not be read.'];
  }
  const when = writer?.at === undefined ? '' : ` at ${moment(writer.at)} UTC`;
  return [
    ...named,
    ...valuesText(values),
    ...(writer ? ['; last written with ', shown(writer.name), when] : []),
    '.',
  ];
}

const ROLLOUT = { done: 'done', waiting: 'NOT DONE', failed: 'FAILED' } as const;

function rolloutText({ rollout, isPaused }: ToldWorkload): string {
  const words: string[] = [ROLLOUT[rollout.is]];
  if (isPaused) words.push('paused');
  if (rollout.is === 'done' && rollout.isVacuous) words.push('no pods');
  return words.join(', ');
}

const row = (one: ToldWorkload): Text[] => [
  workloadShown(one),
  one.keys.map((key) => quotable(key, 253)).join(', '),
  [
    one.version === undefined ? 'not stamped' : shown(one.version),
    one.isStale ? ', OLD VALUES' : '',
  ],
  `${one.counts.ready} of ${one.counts.wanted}`,
  rolloutText(one),
];

const COLUMNS = ['workload', 'reads', 'started with', 'pods ready', 'rollout'];

function workloadsBlocks({ workloads, configmap }: ToldCluster): Block[] {
  if (workloads === undefined) return [];
  if (workloads.length === 0) {
    const none: Text = [
      'Nothing in its namespace reads ',
      shown(configmap),
      ' by its pod template.',
    ];
    return [{ kind: 'paragraph', text: none }];
  }
  return [{ kind: 'table', columns: COLUMNS, rows: workloads.map(row) }];
}

function notesOf({ workloads = [], remarks, isMoving }: ToldCluster): Text[] {
  const moving: Text[] = isMoving ? ['A move is being carried out here.'] : [];
  const unstamped = workloads.some(({ version }) => version === undefined);
  return [
    ...moving,
    ...remarks,
    ...workloads.flatMap((one): Text[] =>
      one.rollout.is === 'done' && one.rollout.remark !== undefined
        ? [[workloadShown(one), `: ${one.rollout.remark}.`]]
        : [],
    ),
    ...(unstamped
      ? [
          'Not stamped: which version its pods run nobody knows, until a deployment starts them anew.',
        ]
      : []),
  ];
}

/** Of several models only those that have something there: they share the environments of the policy. */
const isShown = (told: Told, { cluster, entries, party }: ToldEnvironment): boolean =>
  cluster !== undefined &&
  (isSingle(told) || (!cluster.isOfAnother && (party !== undefined || entries.length > 0)));

function blocksOf(told: Told, { model }: ToldModel, one: ToldEnvironment): Block[] {
  const { cluster, environment } = one;
  if (cluster === undefined || !isShown(told, one)) return [];
  const of = isSingle(told) ? [] : [shown(model), ', '];
  const notes = notesOf(cluster);
  return [
    { kind: 'heading', text: ['What serves in ', ...of, shown(environment.name)] },
    { kind: 'paragraph', text: mapText(cluster) },
    ...workloadsBlocks(cluster),
    ...(notes.length > 0 ? [{ kind: 'list', items: notes } as const] : []),
  ];
}

/** What serves where, and who runs it. */
export const servingBlocks = (told: Told): Block[] =>
  told.models.flatMap((model) => model.environments.flatMap((one) => blocksOf(told, model, one)));
