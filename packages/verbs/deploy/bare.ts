import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import { namedText } from '@passmuster/core/cluster/steps.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { Acting } from '@passmuster/core/ledger/ledger.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import { effectDeadline } from '@passmuster/core/ledger/protocol/life.ts';
import { registryOf } from '@passmuster/core/policy/registry-of.ts';
import { policyFor, type TrustedPolicy } from '@passmuster/core/policy/trusted-policy.ts';
import { carryOut } from '@passmuster/core/promotions/carry-out.ts';
import { quotable, withoutCredentials } from '@passmuster/core/quote.ts';
import { isUnsupported } from '@passmuster/core/registry/error.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { remember } from '@passmuster/core/versions/remembered.ts';
import { namesIn } from '@passmuster/core/versions/sealed.ts';
import { partyOf } from '../moving/party.ts';
import { moverOf } from '../moving/who.ts';
import { versionFor } from '../promote/candidate.ts';
import { refuseLedger } from '../register/world.ts';
import { bareConfigMap } from '../traffic/configmap.ts';
import { targetAt } from '../traffic/open-target.ts';
import { canaryWish } from './canary-input.ts';
import type { Inputs, Ports } from './inputs.ts';
import { outcomeOf } from './outcome.ts';
import type { Moving, Result, Told } from './result.ts';

/** A ConfigMap of the policy is moved as the policy has it. */
function refuseDecided({ policy }: TrustedPolicy, given: string): void {
  const owner = [...(policy?.environments ?? [])].find(
    ([, { configmap }]) => configmap && namedText(configmap.place) === given,
  );
  if (owner === undefined) return;
  const name = quotable(owner[0]);
  throw new InputError([
    {
      message: `\`configmap\` is ${quotable(given, 320)}, which the policy gives to ${name}.`,
      hint: `Give \`environment: ${name}\` in its place: then what the policy asks for is judged, and it goes on record.`,
    },
  ]);
}

/** Names are known by the ledger alone; a server that can keep none has numbers. */
async function glance(model: string, registry: Registry, ports: Ports) {
  const { clock, host, forge, lease, signal } = ports;
  const ledger = openLedger({ registry, clock, host, forge, lease, model });
  const remembered = await remember(registry, model, { signal });
  const names = await ledger.whole(signal).then(namesIn, (error: unknown) => {
    if (isUnsupported(error)) return new Map() as ReturnType<typeof namesIn>;
    throw error;
  });
  const aliases = remembered.model?.aliases ?? new Map<string, string>();
  return { remembered, names, marks: { aliases, versions: remembered.versions ?? [] } };
}

/** Without a ticket: only what the cluster itself guards against is guarded against. */
const unguarded = ({ signal, clock, lease }: Ports): Acting => ({
  number: '',
  async effect(carryOutOne: (call: object, seen: never) => Promise<never>, look?: unknown) {
    signal.throwIfAborted();
    const within = effectDeadline(lease);
    const ask = look as ((call: object) => Promise<never>) | undefined;
    const seen = (await ask?.({ within, signal })) as never;
    signal.throwIfAborted();
    return carryOutOne({ within }, seen);
  },
  deadlinePassed: () => clock.sleep(effectDeadline(lease), new AbortController().signal),
  stillOurs: async () => undefined,
});

const UNJUDGED =
  'Nothing was judged, and nothing is on record: this ConfigMap belongs to no environment.';

/** What one version is to do in a ConfigMap that no environment has. */
async function moved(
  inputs: Inputs,
  ports: Ports,
  registry: Registry,
  target: Told['target'],
): Promise<Result> {
  const { model, version } = inputs;
  const { signal, clock, lease: patience } = ports;
  const wish = canaryWish(inputs.canary);
  const [seen, inCluster] = await Promise.all([
    glance(model, registry, ports),
    target.look(signal),
  ]);
  const current = inCluster.configMap?.data.get(target.configmap.keys.current);
  const isServed = version === undefined || typeof wish === 'object';
  if (isServed && current === undefined) {
    const message = `The ConfigMap says nothing under \`${quotable(target.configmap.keys.current)}\`, so there is no version beside which a canary could run.`;
    return { is: 'refused', isConflict: false, problems: [{ message, hint: 'Deploy one first.' }] };
  }
  const place = { model, ports };
  const look = seen as unknown as Parameters<typeof versionFor>[1];
  const named = (text: string, what: string) => versionFor(place, look, text, what);
  const serving =
    isServed && current !== undefined
      ? partyOf(await named(current, target.configmap.keys.current), seen.names)
      : undefined;
  const wanted =
    version === undefined ? undefined : partyOf(await named(version, 'version'), seen.names);
  const to = wanted ?? serving;
  if (to === undefined) throw new InputError('`version` is missing.');
  if (typeof wish === 'object' && wish.share > 0 && serving?.number === to.number) {
    const message = `Number ${quotable(to.number)} is what serves already: it cannot be its own canary.`;
    return {
      is: 'refused',
      isConflict: false,
      problems: [{ message, hint: 'Name another version.' }],
    };
  }
  const course = await target.course({
    ...{ seen: inCluster, model, to, id: '', signal },
    ...(typeof wish === 'object' && { share: wish.share }),
    isDropped: wish === 'drop',
  });
  const { steps, traffic, problems } = course;
  const remarks = [UNJUDGED, ...course.remarks];
  if (problems.length > 0) return { is: 'refused', isConflict: false, problems, to };
  if (steps.length === 0) return { is: 'unchanged', to, traffic, remarks };
  await target.dryRun(inCluster, steps, signal, inputs['dry-run']);
  const reason = inputs.reason && withoutCredentials(inputs.reason);
  const move: Moving = {
    id: '',
    to,
    steps,
    traffic,
    who: moverOf(ports),
    ...(reason && { reason }),
  };
  if (inputs['dry-run']) return { is: 'planned', move, remarks };
  const acting = unguarded(ports);
  const { places, live, told } = { ...target, seen: inCluster }.going(steps, acting);
  const end = await carryOut({ steps, wish: 'ahead', acting, places, live, clock, patience });
  return { is: 'carried-out', move, end: told(end), ticket: '', remarks };
}

/** Moves a ConfigMap that no environment has. */
export async function deployBare(inputs: Inputs, ports: Ports, cluster: Cluster) {
  const { model, configmap = '' } = inputs;
  refuseLedger(model);
  const policy = await policyFor(ports, inputs.config, ports.signal);
  refuseDecided(policy, configmap);
  const target = targetAt(cluster, bareConfigMap(configmap), inputs, ports);
  const registry = await ports.openRegistry(registryOf(policy));
  try {
    const result = await moved(inputs, ports, registry, target);
    const wish = canaryWish(inputs.canary);
    const what = typeof wish === 'object' ? 'canary' : (wish ?? 'serve');
    const address = registry.address;
    return outcomeOf({ what, model, target, registry: address, policy, result, answered: [] });
  } finally {
    await registry.close();
  }
}
