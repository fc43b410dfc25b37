import type { Surroundings, Verb } from '@passmuster/action-kit/spec/verb.ts';
import { InputError, PassmusterError } from '@passmuster/core/errors.ts';
import { isLedger } from '@passmuster/core/ledger/name.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import { registryOf } from '@passmuster/core/policy/registry-of.ts';
import { policyFor, type TrustedPolicy } from '@passmuster/core/policy/trusted-policy.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { RegistryError } from '@passmuster/core/registry/error.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { noModel } from '@passmuster/core/versions/what-there-is.ts';
import type { MovingPorts } from '../moving/ports.ts';
import { momentOfJudging } from '../validate/moment.ts';
import { type Watch, watchOf } from './cluster/watch.ts';
import { type Looking, lookAround } from './look.ts';
import { modelsIn } from './models.ts';
import { outcomeOf } from './outcome.ts';
import { refuseUnknown } from './places.ts';
import type { Inputs } from './ports.ts';
import { sideBySide } from './side-by-side.ts';
import type { spec } from './spec.ts';
import { type Subject, tellModel, whileMoving } from './tell-model.ts';
import { isCalm, type ToldModel } from './told.ts';

interface Job {
  readonly inputs: Inputs;
  readonly ports: MovingPorts & Surroundings;
  readonly policy: TrustedPolicy;
  readonly registry: Registry;
  readonly hasAliases: Looking['hasAliases'];
  readonly watch: Watch;
}

/** Models that are looked at side by side. */
const MOST_AT_ONCE = 8;

const ledgerOf = ({ ports: { clock, host, forge, lease }, registry }: Job, model: string) =>
  openLedger({ registry, clock, host, forge, lease, model });

/** Whether the server has aliases, which need not be asked of each model that has none. */
function askedOnce(registry: Registry): Looking['hasAliases'] {
  let answer: Promise<boolean> | undefined;
  return (model, signal) => {
    answer ??= registry.has('aliases', model, { signal });
    return answer;
  };
}

async function look(
  job: Job,
  subject: Omit<Subject, 'ledger' | 'policy' | 'environment'>,
  signal: AbortSignal,
): Promise<ToldModel> {
  const { inputs, ports, policy, registry, hasAliases, watch } = job;
  const { model } = subject;
  const ledger = ledgerOf(job, model);
  const { environment } = inputs;
  const whole: Subject = { ...subject, ledger: ledger.name, policy: policy.policy, environment };
  const { made, earlier } = await lookAround(
    { model, registry, ledger, hasAliases, watch },
    (seen) => tellModel(whole, seen, momentOfJudging(ports, registry)),
    isCalm,
    (milliseconds, until) => ports.clock.sleep(milliseconds, until),
    signal,
  );
  return earlier ? whileMoving(made, earlier) : made;
}

/** One that is not there is a misspelt one, unless its ledger is. */
async function one(job: Job, model: string): Promise<ToldModel> {
  const { registry, ports } = job;
  const { signal } = ports;
  const created = await ledgerOf(job, model).created(signal);
  const hasLedger = created !== undefined;
  const told = await look(job, { model, hasLedger }, signal);
  if (told.isThere || hasLedger) return told;
  const sealedAs = async () => 'unsealed' as const;
  throw new InputError([await noModel({ registry, model, sealedAs, call: { signal } })]);
}

/** What one model keeps from being read, the others need not suffer from. */
const isOfOne = (error: unknown): error is PassmusterError =>
  error instanceof RegistryError
    ? ['missing', 'refused', 'denied'].includes(error.failure.reason)
    : error instanceof PassmusterError && error.kind === 'conflict';

const unreadModel = (model: string, { problems }: PassmusterError): ToldModel => ({
  model,
  isThere: true,
  hasLedger: true,
  isListed: false,
  environments: [],
  knows: [],
  waiting: [],
  naming: [],
  problems: [],
  aliases: new Map(),
  stages: new Map(),
  isMoving: false,
  unread: problems,
});

async function all(job: Job) {
  const { registry, policy, ports } = job;
  const { names, ledgers, strange } = await modelsIn(registry, policy.policy, ports.signal);
  const models = await sideBySide(names, MOST_AT_ONCE, ports.signal, async (model, signal) => {
    try {
      return await look(job, { model, hasLedger: ledgers.has(model) }, signal);
    } catch (error) {
      if (isOfOne(error)) return unreadModel(model, error);
      throw error;
    }
  });
  return { models, strange };
}

/** Why there is no ledger, where there cannot be one. */
async function whyNoLedger(job: Job, models: readonly ToldModel[]): Promise<string | undefined> {
  const [first] = models;
  if (first === undefined || models.some(({ hasLedger }) => hasLedger)) return undefined;
  try {
    await ledgerOf(job, first.model).possible(job.ports.signal);
    return undefined;
  } catch (error) {
    if (!(error instanceof PassmusterError) || error instanceof RegistryError) throw error;
    return error.message;
  }
}

export const status: Verb<typeof spec, MovingPorts> = async (inputs, ports) => {
  const { files, forge, host, signal } = ports;
  const { model, environment } = inputs;
  if (model !== undefined && isLedger(model)) {
    throw new InputError(`\`model\` is \`${quotable(model)}\`, which is the name of a ledger.`);
  }
  const policy = await policyFor({ files, forge, host }, inputs.config, signal);
  const registry = await ports.openRegistry(registryOf(policy));
  const watch = watchOf(ports.openCluster, policy.policy, inputs);
  try {
    const job: Job = { inputs, ports, policy, registry, watch, hasAliases: askedOnce(registry) };
    const { models, strange } =
      model === undefined ? await all(job) : { models: [await one(job, model)], strange: [] };
    if (environment !== undefined) {
      refuseUnknown(
        environment,
        policy.policy,
        models.flatMap(({ knows }) => knows),
      );
    }
    const noLedger = await whyNoLedger(job, models);
    const noCluster = watch.blind();
    return outcomeOf({
      ...{ inputs, policy, registry: registry.address, models, strange },
      ...(noLedger !== undefined && { noLedger }),
      ...(noCluster !== undefined && { noCluster }),
    });
  } finally {
    await Promise.allSettled([watch.close()]);
    await registry.close();
  }
};
