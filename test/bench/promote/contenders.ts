import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mlflowProgram } from '../../services/mlflow.ts';
import type { Command } from '../measure.ts';
import { ourClient } from '../registry/our-client.ts';
import { MLFLOW } from '../registry/servers.ts';
import { asAction, type Built } from '../starters.ts';
import { GOOD, prepareJudged } from '../validate/contenders.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Each has a model of its own: what others move is drift to whoever keeps a ledger. */
const MODELS = ['by-python', 'by-installed', 'by-curl', 'by-verb', 'by-action'] as const;

/** Two that are good enough; whoever moves takes the one that is not there. */
const TURNS = [GOOD, '1'] as const;

/** How each has a version moved, another one each time. */
export type Movers = Readonly<
  Record<'python' | 'installed' | 'curl' | 'verb' | 'action', () => Command>
>;

export async function prepareMoved(url: string): Promise<void> {
  for (const model of MODELS) await prepareJudged(url, model);
}

/** Whether a model stands where whoever moved it last has put it. */
export async function mustStand(url: string, model: (typeof MODELS)[number]): Promise<void> {
  const registry = await ourClient(url);
  try {
    const number = (await registry.model(model))?.aliases.get('champion') ?? '';
    const stage = (await registry.version(model, number))?.stage;
    if (number !== GOOD || stage !== 'Production') throw new Error(`${model} was not moved`);
  } finally {
    await registry.close();
  }
}

/** Who else moves a version, and how a user would have it done. */
export async function movers(built: Built, url: string, folder: string): Promise<Movers> {
  const python = `${dirname(await mlflowProgram(MLFLOW))}/python`;
  const env = {
    MLFLOW_TRACKING_URI: url,
    MLFLOW_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: 'true',
  };
  const atHome = { env: { ...env, HOME: folder }, folder };
  const inputs = (model: string, version: string) => ({
    ...{ model, version, environment: 'champion', stage: 'Production', alias: 'champion' },
    gates: 'accuracy >= 0.85\naccuracy >= champion - 0.05',
  });
  const flags = (given: Readonly<Record<string, string>>) =>
    Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
  const cli = [process.execPath, join(built.dist, 'passmuster.js'), 'promote'] as const;
  const turning = (command: (version: string) => Command) => {
    let turn = 0;
    return () => command(TURNS[turn++ % 2] ?? GOOD);
  };
  return {
    python: turning((version) => ({
      ...atHome,
      argv: [python, here('move.py'), 'by-python', version],
    })),
    installed: turning((version) => ({
      // At the user's own home, where it may stand which index pip asks.
      ...{ env, folder },
      argv: [
        'sh',
        here('installed.sh'),
        `${folder}/venv`,
        MLFLOW,
        here('move.py'),
        'by-installed',
        version,
      ],
    })),
    curl: turning((version) => ({ ...atHome, argv: ['sh', here('move.sh'), 'by-curl', version] })),
    verb: turning((version) => ({
      ...atHome,
      argv: [...cli, ...flags(inputs('by-verb', version))],
    })),
    action: turning((version) => {
      const step = asAction(built, 'promote', inputs('by-action', version));
      return { ...step, folder, env: { ...step.env, ...atHome.env } };
    }),
  };
}
