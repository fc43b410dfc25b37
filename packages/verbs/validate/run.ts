import type { Verb } from '@passmuster/action-kit/spec/verb.ts';
import type { Gate } from '@passmuster/core/gates/gate.ts';
import { judgementOf } from '@passmuster/core/gates/judgement.ts';
import { registryOf } from '@passmuster/core/policy/registry-of.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { judgeAll } from './judging.ts';
import { writeJunit } from './junit.ts';
import { hasBaseline, needsChampion } from './mistakes.ts';
import { momentOfJudging } from './moment.ts';
import { outcomeOf } from './outcome.ts';
import type { Inputs, Ports, ValidatePorts } from './ports.ts';
import { readRules } from './read-rules.ts';
import { type Rules, waiversIn } from './rules.ts';
import { bothSides } from './sides.ts';
import type { spec } from './spec.ts';
import type { Subjects } from './subjects.ts';

/** Files alone need no registry, unless they are to be compared with a version that is in it. */
const asksRegistry = (inputs: Inputs, gates: readonly Gate[]): boolean =>
  inputs.version !== undefined ||
  inputs.champion !== undefined ||
  (inputs.environment !== undefined && gates.some(needsChampion) && !hasBaseline(inputs));

/** What only a registry needs is loaded only here. */
async function lookAt(
  inputs: Inputs,
  rules: Rules,
  registry: Registry,
  ports: Ports,
): Promise<Subjects> {
  const { model = '', version, champion } = inputs;
  const { clock, host, forge, signal } = ports;
  const environment = hasBaseline(inputs) ? undefined : rules.environment;
  const [{ DEFAULT_LEASE, openLedger }, { subjectsOf }] = await Promise.all([
    import('@passmuster/core/ledger/open.ts'),
    import('./subjects.ts'),
  ]);
  const ledger = openLedger({ registry, clock, host, forge, lease: DEFAULT_LEASE, model });
  return subjectsOf({ model, version, champion, environment }, registry, ledger, signal);
}

async function subjectsIn(
  inputs: Inputs,
  rules: Rules,
  registry: Registry | undefined,
  ports: Ports,
): Promise<Subjects> {
  const found = registry ? await lookAt(inputs, rules, registry, ports) : { remarks: [] };
  return hasBaseline(inputs) ? { ...found, champion: { kind: 'files' } } : found;
}

export const validate: Verb<typeof spec, ValidatePorts> = async (inputs, ports) => {
  const { rules, gates } = await readRules(inputs, ports);
  const registry = asksRegistry(inputs, gates)
    ? await ports.openRegistry(registryOf(rules.policy))
    : undefined;
  try {
    const subjects = await subjectsIn(inputs, rules, registry, ports);
    const sides = await bothSides({ inputs, ports, rules, subjects, registry });
    const judged = judgeAll(gates, sides, subjects.champion, {
      mustBeBound: inputs.evidence === 'bound',
      mustBeProven: (inputs.comparable ?? rules.model.comparable) === 'required',
    });
    const judgement = judgementOf(judged, waiversIn(rules), momentOfJudging(ports, registry));
    const told = { inputs, rules, subjects, sides, judgement, registry: registry?.address };
    await writeJunit(told, ports);
    return outcomeOf(told);
  } finally {
    await registry?.close();
  }
};
