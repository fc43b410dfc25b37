import { registryOpener } from '@passmuster/registry/open.ts';
import { surroundings } from '../surroundings.ts';

type Metrics = Readonly<Record<string, number>>;

/** What training scripts leave in a registry: versions of `gpt-custom`, each of a run with these metrics. */
export async function trainInto(
  address: string,
  token: string,
  versions: readonly Metrics[],
  aliases: Readonly<Record<string, string>> = {},
): Promise<void> {
  const variables = { MLFLOW_TRACKING_TOKEN: token };
  const opening = { ...surroundings(), variables, home: '/nowhere', address };
  const registry = await registryOpener(opening)(undefined);
  const model = 'gpt-custom';
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
