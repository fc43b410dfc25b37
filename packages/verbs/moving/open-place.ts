import { InputError, PassmusterError, type Problem } from '@passmuster/core/errors.ts';
import type { Ledger } from '@passmuster/core/ledger/ledger.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import { environmentDefaults } from '@passmuster/core/policy/defaults.ts';
import { registryOf } from '@passmuster/core/policy/registry-of.ts';
import { policyFor, type TrustedPolicy } from '@passmuster/core/policy/trusted-policy.ts';
import { unknownEnvironment } from '@passmuster/core/policy/unknown-environment.ts';
import type { Place } from './place.ts';
import type { Ports } from './ports.ts';

interface Asked {
  readonly model: string;
  readonly environment: string;
  readonly config: string;
}

/** What is wrong with the input is told also where the policy cannot be read, and then first. */
async function policyOf(
  { config }: Asked,
  wrong: readonly Problem[],
  ports: Ports,
): Promise<TrustedPolicy> {
  try {
    return await policyFor(ports, config, ports.signal);
  } catch (error) {
    const isToldAlone = !(error instanceof PassmusterError) || error.kind === 'signal';
    if (isToldAlone || wrong.length === 0) throw error;
    throw new InputError([...wrong, ...error.problems], { cause: error });
  }
}

/** What a policy that names no environment says of one is nothing. */
const unknownIn = ({ policy }: TrustedPolicy, asked: Asked): Problem[] =>
  policy?.environments.size ? unknownEnvironment({ policy }, asked) : [];

/** One that the policy names no more can still be taken back, and brought to rest. */
const isOnRecord = async (ledger: Ledger, name: string, signal: AbortSignal): Promise<boolean> =>
  (await ledger.whole(signal)).environments.includes(name);

/** Opens registry and ledger of a model for as long as `work` takes. */
export async function atLedger<Result>(
  model: string,
  policy: TrustedPolicy,
  ports: Ports,
  work: (at: Pick<Place, 'registry' | 'ledger'>) => Promise<Result>,
): Promise<Result> {
  const registry = await ports.openRegistry(registryOf(policy));
  try {
    const { clock, host, forge, lease } = ports;
    const ledger = openLedger({ registry, clock, host, forge, lease, model });
    return await work({ registry, ledger });
  } finally {
    await registry.close();
  }
}

/** The place of a verb that takes an environment by its name; `wrong` is what is amiss with the input already. */
export async function atPlace<Result>(
  asked: Asked,
  ports: Ports,
  wrong: readonly Problem[],
  work: (place: Place) => Promise<Result>,
): Promise<Result> {
  const { model, environment: name } = asked;
  const policy = await policyOf(asked, wrong, ports);
  if (wrong.length > 0) throw new InputError([...wrong, ...unknownIn(policy, asked)]);
  const unknown = unknownIn(policy, asked);
  const decided = policy.policy?.environments.get(name);
  const environment = {
    name,
    policy: decided ?? environmentDefaults(name),
    isAssumed: decided === undefined,
  };
  return atLedger(model, policy, ports, async (at) => {
    if (unknown.length > 0 && !(await isOnRecord(at.ledger, name, ports.signal))) {
      throw new InputError(unknown);
    }
    return work({ model, environment, policy, ports, ...at });
  });
}
