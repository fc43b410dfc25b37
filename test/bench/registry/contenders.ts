import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mlflowProgram } from '../../services/mlflow.ts';
import { bundleScripts } from '../bundle.ts';
import type { Command } from '../measure.ts';
import { MLFLOW } from './servers.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface Contenders {
  readonly python: { list: Command; register(name: string): Command };
  readonly curl: { list: Command; register(name: string): Command };
  /** Our client with the same requests, in a script. */
  readonly client: { list: Command; register(name: string): Command };
  /** The verb, which also keeps a ledger. */
  readonly verb: { register(name: string): Command };
}

export interface Around {
  readonly cli: string;
  readonly url: string;
  /** No work tree of Git: the others do not ask what is checked out either. */
  readonly folder: string;
}

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Who else lists and registers, and how a user would have it done. */
export async function contenders(around: Around, listed: string): Promise<Contenders> {
  const python = `${dirname(await mlflowProgram(MLFLOW))}/python`;
  const scripts = await bundleScripts(`${around.folder}/scripts`, {
    list: here('list.ts'),
    register: here('register.ts'),
  });
  const env = {
    MLFLOW_TRACKING_URI: around.url,
    MLFLOW_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: 'true',
    HOME: around.folder,
  };
  const command = (...argv: [string, ...string[]]): Command => ({
    argv,
    env,
    folder: around.folder,
  });
  const both = (model: string, list: [string, string], register: [string, string]) => ({
    list: command(...list, listed),
    register: (name: string) => command(...register, model, name, DIGEST),
  });
  const verb = (name: string) => {
    const what = ['--model', 'by-verb', '--source', 's3://models/bench', '--version', name];
    return command(process.execPath, around.cli, 'register', ...what);
  };
  const { execPath } = process;
  return {
    python: both('by-python', [python, here('list.py')], [python, here('register.py')]),
    curl: both('by-curl', ['sh', here('list.sh')], ['sh', here('register.sh')]),
    client: both('by-client', [execPath, scripts.list], [execPath, scripts.register]),
    verb: { register: verb },
  };
}

/** What a command prints. */
export const printed = ({ argv: [program, ...args], env, folder }: Command): string =>
  execFileSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    cwd: folder,
  });
