import { writeFile } from 'node:fs/promises';
import type { Ledger, Ticket } from '@passmuster/core/ledger/ledger.ts';
import { DEFAULT_LEASE, openLedger } from '@passmuster/core/ledger/open.ts';
import type { Marks } from '@passmuster/core/promotions/marks.ts';
import { marksOf } from '@passmuster/core/promotions/registry-places.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { witnessesOfMoves } from '@passmuster/verbs/moving/witness.ts';
import { surroundings } from '../../surroundings.ts';
import type { Order } from './order.ts';

export const ENVIRONMENTS = {
  staging: { stage: 'Staging', alias: 'staging' },
  production: { stage: 'Production', alias: 'champion' },
} as const;

export type Environment = keyof typeof ENVIRONMENTS;

const policyOf = (model: string, after: string): string => `
models:
  ${model}: { gates: [accuracy >= 0.5] }
environments:
  staging: { stage: Staging }
  production: { ${after}stage: Production, alias: champion }
`;

/** One model that is moved about, and where it can be seen. */
export interface Scene {
  readonly address: string;
  readonly config: string;
  readonly model: string;
  readonly registry: Registry;
  readonly ledger: Ledger;
  readonly runId: string;
}

/** What ledger and registry say while nobody moves anything. */
export interface State {
  readonly marks: Marks;
  readonly histories: Readonly<Record<Environment, readonly Ticket[]>>;
  /** Gaps, edits and cut-off ends of them. */
  readonly problems: readonly string[];
  /** Moves that have not ended. */
  readonly open: readonly Ticket[];
}

const { signal } = new AbortController();

/** A model without versions, of which all that come are good enough. */
export async function makeScene(
  { address, registry, folder }: Pick<Scene, 'address' | 'registry'> & { readonly folder: string },
  { model, isAfterStaging }: { readonly model: string; readonly isAfterStaging: boolean },
): Promise<Scene> {
  const config = `${folder}/${model}.yaml`;
  await writeFile(config, policyOf(model, isAfterStaging ? 'after: staging, ' : ''));
  await registry.createModel({ name: model });
  const experimentId = await registry.createExperiment(model);
  const { id: runId } = await registry.createRun({ experimentId, started: 1 });
  const metrics = [{ key: 'accuracy', value: 0.9, timestamp: 1, step: 0 }];
  await registry.log(runId, { metrics });
  await registry.updateRun(runId, { status: 'FINISHED', ended: 2 });
  const ledger = openLedger({ ...surroundings(), registry, model, lease: DEFAULT_LEASE });
  return { address, config, model, registry, ledger, runId };
}

export async function newVersion({ registry, model, runId }: Scene): Promise<string> {
  const { number } = await registry.createVersion({ model, source: `runs:/${runId}/model`, runId });
  return number;
}

export async function look({ registry, ledger, model }: Scene): Promise<State> {
  const [marks, whole] = await Promise.all([
    marksOf(registry, model, { signal }),
    ledger.whole(signal),
  ]);
  const history = (environment: Environment) =>
    whole.history(
      { environment },
      witnessesOfMoves(ledger.name, marks.versions).filter(
        (one) => one.environment === environment,
      ),
    );
  const [staging, production] = [history('staging'), history('production')];
  return {
    marks,
    histories: { staging: staging.sealed, production: production.sealed },
    problems: [...staging.problems, ...production.problems].map(({ message }) => message),
    open: whole.open.filter(({ queue }) => queue === 'moves'),
  };
}

const at = ({ address: registry, config, model }: Scene, environment: Environment) => ({
  ...{ registry, config, model, environment },
});

export const promotion = (scene: Scene, environment: Environment, version: string): Order => ({
  verb: 'promote',
  inputs: { ...at(scene, environment), version },
});

export const rollback = (scene: Scene, environment: Environment, from: string): Order => ({
  verb: 'rollback',
  inputs: { ...at(scene, environment), from, reason: 'a race' },
});
