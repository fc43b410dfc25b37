import type { Registry } from '@passmuster/core/registry/registry.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import { surroundings } from '../surroundings.ts';

type Metrics = Readonly<Record<string, number>>;

const MODEL = 'gpt-custom';

function openAt(address: string, token: string): Promise<Registry> {
  const variables = { MLFLOW_TRACKING_TOKEN: token };
  return registryOpener({ ...surroundings(), variables, home: '/nowhere', address })(undefined);
}

/** What training scripts leave in a registry: versions of `gpt-custom`, each of a run with these metrics. */
export async function trainInto(
  address: string,
  token: string,
  versions: readonly Metrics[],
  aliases: Readonly<Record<string, string>> = {},
): Promise<void> {
  const registry = await openAt(address, token);
  const model = MODEL;
  const experimentId = await registry.createExperiment('training');
  await registry.createModel({ name: model });
  for (const metrics of versions) {
    const run = await registry.createRun({ experimentId, started: 1 });
    const logged = Object.entries(metrics).map(([key, value]) => ({
      ...{ key, value, timestamp: 1, step: 0 },
    }));
    await registry.log(run.id, { metrics: logged });
    await registry.updateRun(run.id, { status: 'FINISHED', ended: 2 });
    const source = `runs:/${run.id}/model`;
    await registry.createVersion({ model, source, runId: run.id });
  }
  for (const [alias, number] of Object.entries(aliases)) {
    await registry.setAlias(model, alias, number);
  }
  await registry.close();
}

/** What stands where: numbers by their alias and by their stage. */
export async function stands(address: string, token: string): Promise<Record<string, string>> {
  const registry = await openAt(address, token);
  const { aliases = [] } = (await registry.model(MODEL)) ?? {};
  const places = Object.fromEntries(aliases);
  for await (const { number, stage } of registry.versions({ model: MODEL, order: 'oldest' })) {
    if (stage !== 'None') places[stage] = [places[stage], number].filter(Boolean).join(' ');
  }
  await registry.close();
  return places;
}
