import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import type { VerbSpec } from '@passmuster/action-kit/spec/verb.ts';
import type { Files } from '@passmuster/core/files.ts';
import type { Process } from '@passmuster/core/ledger/simulation.fixture.ts';
import type { Outcome } from '@passmuster/core/outcome.ts';
import type { PromotePorts } from '@passmuster/verbs/promote/ports.ts';
import { promote } from '@passmuster/verbs/promote/run.ts';
import { spec as promoteSpec } from '@passmuster/verbs/promote/spec.ts';
import { rollback } from '@passmuster/verbs/rollback/run.ts';
import { spec as rollbackSpec } from '@passmuster/verbs/rollback/spec.ts';
import { settle } from '@passmuster/verbs/settle/run.ts';
import { spec as settleSpec } from '@passmuster/verbs/settle/spec.ts';
import { surroundings } from '../surroundings.ts';

export const MODEL = 'gpt-custom';
export const ALIAS = 'champion';
export const STAGE = 'Production' as const;
export const STAGING = 'Staging' as const;
export const ENVIRONMENT = 'production';
export const LEASE = 12_000;
export const MINUTE = 60_000;

/** Production alone, or after staging. */
export const POLICIES = {
  alone: `
models:
  ${MODEL}: { gates: [accuracy >= 0.5] }
environments:
  ${ENVIRONMENT}: { stage: ${STAGE}, alias: ${ALIAS} }
`,
  chained: `
models:
  ${MODEL}: { gates: [accuracy >= 0.5] }
environments:
  staging: { stage: Staging }
  ${ENVIRONMENT}: { stage: ${STAGE}, alias: ${ALIAS}, after: staging }
`,
};

/** Files of a repository that has nothing but a policy. */
const filesWith = (policy: string): Pick<Files, 'read' | 'survey'> => ({
  read: async (path) => (path === 'passmuster.yaml' ? Buffer.from(policy) : undefined),
  survey: async () => ({ files: [], refused: [] }),
});

type Around = ReturnType<typeof portsOf>;
type Run = (around: Around) => Promise<Outcome<never>>;

export function inputsOf<S extends VerbSpec>(spec: S, given: Readonly<Record<string, string>>) {
  const raw = new Map(Object.entries({ model: MODEL, config: 'passmuster.yaml', ...given }));
  const reading = readInputs(spec, raw, (name) => name);
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  return reading.inputs;
}

export const portsOf = (
  { registry, clock, host }: Process,
  policy: keyof typeof POLICIES,
  signal: AbortSignal,
) => ({
  ...surroundings({ clock, host, signal }),
  files: filesWith(POLICIES[policy]) as Files,
  forge: undefined,
  lease: LEASE,
  openRegistry: async () => registry,
});

const nothingRead: Pick<PromotePorts, 'readEvaluation' | 'metricsListed'> = {
  readEvaluation: () => Promise.reject(new Error('no file is read')),
  metricsListed: async () => ({ paths: [], templates: [] }),
};

const promoting =
  (more: Readonly<Record<string, string>>) =>
  (version: string): Run =>
  (around) => {
    const given = { environment: ENVIRONMENT, version: `number:${version}`, wait: '20m', ...more };
    return promote(inputsOf(promoteSpec, given), {
      ...around,
      ...nothingRead,
    }) as Promise<Outcome<never>>;
  };

const GIVEN = { environment: ENVIRONMENT, reason: 'so it was decided', wait: '20m' };

/** Takes a version out, or whatever is live when the command is given. */
const rollingBack =
  (from: string): Run =>
  (around) => {
    const given = from === '' ? GIVEN : { ...GIVEN, from: `number:${from}` };
    return rollback(inputsOf(rollbackSpec, given), around) as Promise<Outcome<never>>;
  };

const settling = (): Run => (around) =>
  settle(inputsOf(settleSpec, GIVEN), around) as Promise<Outcome<never>>;

/** What is wanted of a run: `promote 2`, `stage 2`, `rollback 2`, `rollback`, `settle`. */
const VERBS: Readonly<Record<string, (to: string) => Run>> = {
  rollback: rollingBack,
  settle: settling,
  promote: promoting({}),
  again: promoting({ again: 'true' }),
  stage: promoting({ environment: 'staging' }),
};

export type Wish = string;

export function runOf(wish: Wish): Run {
  const [verb = '', to = ''] = wish.split(' ');
  const make = VERBS[verb];
  if (make === undefined) throw new Error(`there is no wish ${wish}`);
  return make(to);
}
