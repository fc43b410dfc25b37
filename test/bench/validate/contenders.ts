import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mlflowProgram } from '../../services/mlflow.ts';
import type { Command } from '../measure.ts';
import { ourClient } from '../registry/our-client.ts';
import { MLFLOW } from '../registry/servers.ts';
import { asAction, type Built } from '../starters.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const MODEL = 'judged';
const GATES = 'accuracy >= 0.85\naccuracy >= champion - 0.01';
/** Numbers of versions: one that is good enough, one that is worse than the champion. */
export const [GOOD, BAD] = ['2', '3'];

/** Twenty versions from runs with metrics as a training has them; the first is the champion. */
export async function prepareJudged(url: string, model = MODEL): Promise<void> {
  const registry = await ourClient(url);
  try {
    await registry.createModel({ name: model });
    const experimentId = await registry.createExperiment(model);
    const accuracies = [0.9, 0.92, 0.87, ...Array.from({ length: 17 }, () => 0.5)];
    for (const accuracy of accuracies) {
      const { id } = await registry.createRun({ experimentId });
      const others = Array.from(
        { length: 30 },
        (_, index) => [`loss/part-${index}`, index] as const,
      );
      const values = [['accuracy', accuracy] as const, ...others];
      const metrics = values.map(([key, value]) => ({ key, value, step: 0, timestamp: 1 }));
      await registry.log(id, { metrics });
      await registry.createVersion({ model, source: `runs:/${id}/model`, runId: id });
    }
    await registry.setAlias(model, 'champion', '1');
  } finally {
    await registry.close();
  }
}

/** How each has one version judged. */
export type Judge = (version: string) => Command;

export interface Judges {
  readonly python: Judge;
  readonly curl: Judge;
  readonly verb: Judge;
  readonly action: Judge;
}

/** Who else checks a version before it moves, and how a user would have it done. */
export async function judges(built: Built, url: string, folder: string): Promise<Judges> {
  const python = `${dirname(await mlflowProgram(MLFLOW))}/python`;
  const env = {
    MLFLOW_TRACKING_URI: url,
    MLFLOW_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: 'true',
    HOME: folder,
  };
  const inputs = (version: string) => ({
    model: MODEL,
    version,
    environment: 'champion',
    gates: GATES,
  });
  const flags = (version: string) =>
    Object.entries(inputs(version)).flatMap(([name, value]) => [`--${name}`, value]);
  const cli = [process.execPath, join(built.dist, 'passmuster.js'), 'validate'] as const;
  const place = { env, folder };
  return {
    python: (version) => ({ ...place, argv: [python, here('check.py'), MODEL, version] }),
    curl: (version) => ({ ...place, argv: ['sh', here('check.sh'), MODEL, version] }),
    verb: (version) => ({ ...place, argv: [...cli, ...flags(version)] }),
    action: (version) => {
      const step = asAction(built, 'validate', inputs(version));
      return { ...step, folder, env: { ...step.env, ...env } };
    },
  };
}
