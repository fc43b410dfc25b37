import { InputError, PassmusterError, type Problem } from '@passmuster/core/errors.ts';
import type { Gate, GateSource } from '@passmuster/core/gates/gate.ts';
import { readGates } from '@passmuster/core/gates/read.ts';
import { type JudgingPolicy, judgingPolicy } from '@passmuster/core/policy/judging-policy.ts';
import { unknownEnvironment } from '@passmuster/core/policy/unknown-environment.ts';
import { noChampion, nothingToJudge, wrongInputs } from './mistakes.ts';
import type { Inputs, Ports } from './ports.ts';
import { linesOfStep, type Rules, rulesOf } from './rules.ts';
import { workflowPlaces } from './workflow-lines.ts';

interface Read {
  readonly gates: readonly Gate[];
  readonly problems: readonly Problem[];
}

/** Those that can be read, also beside others that cannot: more may be wrong with them. */
async function readAll(lines: readonly GateSource[]): Promise<Read> {
  try {
    return { gates: await readGates(lines), problems: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const each = await Promise.allSettled(lines.map((line) => readGates([line])));
    const gates = each.flatMap((read) => (read.status === 'fulfilled' ? read.value : []));
    return { gates, problems: error.problems };
  }
}

/** What is wrong with the input is told also where the policy cannot be read, and then first. */
async function policyOf(
  inputs: Inputs,
  ofStep: readonly GateSource[],
  ports: Ports,
): Promise<JudgingPolicy> {
  try {
    return await judgingPolicy(ports, inputs.config, ports.signal);
  } catch (error) {
    if (!(error instanceof PassmusterError) || error.kind === 'signal') throw error;
    const { gates, problems } = await readAll(ofStep);
    const wrong = [...wrongInputs(inputs), ...problems, ...noChampion(inputs, gates)];
    if (wrong.length === 0) throw error;
    throw new InputError([...wrong, ...error.problems], { cause: error });
  }
}

/**
 * What the candidate is judged by. All that is wrong with inputs and gates is one error, before anybody is
 * asked for numbers.
 */
export async function readRules(
  inputs: Inputs,
  ports: Ports,
): Promise<{ rules: Rules; gates: readonly Gate[] }> {
  const ofStep = linesOfStep(inputs.gates, await workflowPlaces(ports));
  const policy = await policyOf(inputs, ofStep, ports);
  const rules = rulesOf(policy, inputs, ofStep);
  const { gates, problems } = await readAll(rules.lines);
  const wrong = [
    ...wrongInputs(inputs),
    ...unknownEnvironment(policy, inputs),
    ...nothingToJudge(inputs, rules),
    ...problems,
    ...noChampion(inputs, gates),
  ];
  if (wrong.length > 0) throw new InputError(wrong);
  return { rules, gates };
}
