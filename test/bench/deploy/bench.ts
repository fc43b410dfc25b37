import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figures.ts';
import { type Command, type Measured, measure } from '../measure.ts';
import { CLUSTER, CURL, over } from '../over.ts';
import { inRounds } from '../rounds.ts';
import { benchStart, type Starter } from '../start.ts';
import { type Built, emptyScript } from '../starters.ts';
import { secondsOf, time } from '../times.ts';
import { type Contenders, contenders } from './contenders.ts';
import { type Namespace, settled, type World, withWorld } from './world.ts';

const START_ROUNDS = 21;
const ROUNDS = 15;

type Show = (name: string, figures: readonly Figure[]) => void;

/** What serves already, so that each looks at registry and cluster and changes nothing. */
const THERE = '2';

function starters(all: Contenders): Starter[] {
  const starter = (name: string, command: Command, atMost?: number): Starter => ({
    ...{ name, command: () => command, atMost: atMost ?? CLUSTER.atMost },
  });
  return [
    starter('deploy --help', all.help, 2),
    starter('deploy as an action, no inputs', all.noInputs, 2),
    starter('passmuster deploy, unchanged', all.verb(THERE)),
    starter('the same by server and token', all.byServer(THERE)),
    starter('deploy as an action, unchanged', all.action(THERE)),
    starter('deploy to an environment, unchanged', all.environment),
  ];
}

/** Whoever moved nothing would be faster. */
async function mustServe({ api }: World, namespace: Namespace, version: string): Promise<void> {
  await settled(api, namespace);
  const path = `/api/v1/namespaces/${namespace}`;
  const { data } = (await api('GET', `${path}/configmaps/versions`)).body;
  const pods = (await api('GET', `${path}/pods`)).body.items ?? [];
  const isNew = pods.length > 0 && data?.['current_version'] === version;
  if (!isNew) throw new Error(`${namespace} does not serve ${version}`);
}

/** Puts all of them at the version that nothing changes of. */
async function prepare(world: World, all: Contenders): Promise<void> {
  measure(all.promote(THERE));
  const moves = {
    'by-kubectl': all.kubectl(THERE),
    'by-verb': all.verb(THERE),
    'by-action': all.action(THERE),
    'by-environment': all.environment,
  };
  for (const [namespace, command] of Object.entries(moves)) {
    measure(command);
    await mustServe(world, namespace as Namespace, THERE);
  }
}

/** From the look at what serves until the pods of the next version do. */
async function benchMoving(world: World, all: Contenders): Promise<Figure[]> {
  const moved = (
    namespace: Namespace,
    command: (version: string) => Command,
    before: (version: string) => unknown = () => undefined,
  ) => {
    let next = Number(THERE);
    return async (): Promise<Measured> => {
      const version = String(++next);
      await before(version);
      await settled(world.api, namespace);
      const measured = measure(command(version));
      await mustServe(world, namespace, version);
      return measured;
    };
  };
  const { kubectl, verb, action, environment } = await inRounds(ROUNDS, {
    // It restarts nothing twice in a second.
    kubectl: moved('by-kubectl', all.kubectl, () => sleep(1_000)),
    verb: moved('by-verb', all.verb),
    action: moved('by-action', all.action),
    environment: moved(
      'by-environment',
      () => all.environment,
      (version) => measure(all.promote(version)),
    ),
  });
  const ours = {
    'passmuster deploy': verb,
    'deploy as an action': action,
    'deploy to an environment': environment,
  };
  return [
    time('kubectl', secondsOf(kubectl)),
    ...Object.entries(ours).map(([name, runs]) => time(name, secondsOf(runs))),
    ...Object.entries(ours).map(([name, runs]) => over(name, 'kubectl', [runs, kubectl], CURL)),
  ];
}

/** `deploy` as a person waits for it, beside a script that does it with kubectl. */
export const benchDeploy = (built: Built, show: Show): Promise<void> =>
  withWorld(built, async (world) => {
    const all = contenders(built, world);
    await prepare(world, all);
    const look = { name: 'kubectl get', command: () => all.look };
    const started = [look, ...starters(all)];
    show(
      'deploy where nothing changes',
      await benchStart(emptyScript(world.folder), started, START_ROUNDS),
    );
    show('another version is served by two pods', await benchMoving(world, all));
  });
