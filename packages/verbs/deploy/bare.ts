import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import { namedText } from '@passmuster/core/cluster/steps.ts';
import { InputError } from '@passmuster/core/errors.ts';
import { noLook } from '@passmuster/core/ledger/acting.ts';
import type { Acting } from '@passmuster/core/ledger/ledger.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import { effectDeadline } from '@passmuster/core/ledger/protocol/life.ts';
import { registryOf } from '@passmuster/core/policy/registry-of.ts';
import { policyFor, type TrustedPolicy } from '@passmuster/core/policy/trusted-policy.ts';
import { carryOut } from '@passmuster/core/promotions/carry-out.ts';
import { quotable, withoutCredentials } from '@passmuster/core/quote.ts';
import { isUnsupported } from '@passmuster/core/registry/error.ts';
import type { Call, Registry } from '@passmuster/core/registry/registry.ts';
import { together } from '@passmuster/core/together.ts';
import { remember } from '@passmuster/core/versions/remembered.ts';
import { namesIn } from '@passmuster/core/versions/sealed.ts';
import { partyOf } from '../moving/party.ts';
import { moverOf } from '../moving/who.ts';
import { versionFor } from '../promote/candidate.ts';
import { refuseLedger } from '../register/world.ts';
import { bareConfigMap } from '../traffic/configmap.ts';
import type { SeenTraffic } from '../traffic/look.ts';
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
  async effect<Value, Seen>(
    carryOutOne: (call: Call, seen: Seen) => Promise<Value>,
    look: (call: Call) => Promise<Seen> = noLook,
  ): Promise<Value> {
    const within = effectDeadline(lease);
    signal.throwIfAborted();
    const seen = await look({ within, signal });
    signal.throwIfAborted();
    return carryOutOne({ within }, seen);
  },
  deadlinePassed: () => clock.sleep(effectDeadline(lease), new AbortController().signal),
  stillOurs: async () => undefined,
});

const UNJUDGED =
  'Nothing was judged, and nothing is on record: this ConfigMap belongs to no environment.';

const refused = (message: string, hint: string): Result => ({
  is: 'refused',
  isConflict: false,
  problems: [{ message, hint }],
});

interface Bare {
  readonly inputs: Inputs;
  readonly ports: Ports;
  readonly target: Told['target'];
  readonly seen: Awaited<ReturnType<typeof glance>>;
  readonly inCluster: SeenTraffic;
}

/** The version that it is about; both that would serve must be in the registry. */
async function versionOf({ inputs, ports, target, seen, inCluster }: Bare) {
  const { model, version } = inputs;
  const wish = canaryWish(inputs.canary);
  const { current: key } = target.configmap.keys;
  const named = async (text: string, what: string) =>
    partyOf(await versionFor({ model, ports }, seen, text, what), seen.names);
  const isBeside = wish === 'drop' || typeof wish === 'object';
  const current = isBeside ? inCluster.configMap?.data.get(key) : undefined;
  if (isBeside && current === undefined) {
    const message = `The ConfigMap says nothing under \`${quotable(key)}\`, so there is no version beside which a canary could run.`;
    return refused(message, 'Deploy one first.');
  }
  const serving = current === undefined ? undefined : await named(current, key);
  const to = version === undefined ? serving : await named(version, 'version');
  if (to === undefined) throw new InputError('`version` is missing.');
  if (typeof wish === 'object' && wish.share > 0 && serving?.number === to.number) {
    const message = `Number ${quotable(to.number)} is what serves already: it cannot be its own canary.`;
    return refused(message, 'Name another version.');
  }
  return to;
}

/** What one version is to do in a ConfigMap that no environment has. */
async function moved(bare: Bare): Promise<Result> {
  const { inputs, ports, target, inCluster } = bare;
  const { signal, clock, lease: patience } = ports;
  const to = await versionOf(bare);
  if ('is' in to) return to;
  const wish = canaryWish(inputs.canary);
  const course = await target.course({
    ...{ seen: inCluster, model: inputs.model, to, id: '', signal },
    ...(typeof wish === 'object' && { share: wish.share }),
    isDropped: wish === 'drop',
  });
  const { steps, traffic, problems } = course;
  const remarks = [UNJUDGED, ...course.remarks];
  if (problems.length > 0) return { is: 'refused', isConflict: false, problems, to };
  if (steps.length === 0) return { is: 'unchanged', to, traffic, remarks };
  await target.dryRun(inCluster, steps, signal, inputs['dry-run']);
  const reason = inputs.reason && withoutCredentials(inputs.reason);
  const who = moverOf(ports);
  const move: Moving = { id: '', to, steps, traffic, who, ...(reason && { reason }) };
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
    const [seen, inCluster] = await together(ports.signal, [
      (signal) => glance(model, registry, { ...ports, signal }),
      (signal) => target.look(signal),
    ]);
    const result = await moved({ inputs, ports, target, seen, inCluster });
    const wish = canaryWish(inputs.canary);
    const what = typeof wish === 'object' ? 'canary' : (wish ?? 'serve');
    const address = registry.address;
    return outcomeOf({ what, model, target, registry: address, policy, result, answered: [] });
  } finally {
    await registry.close();
  }
}
