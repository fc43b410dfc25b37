import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type MlflowVersion, mlflowProgram } from '../services/mlflow.ts';

/** What came of a step: a result, MLflow's error code, or what Python's client fell over. */
export type Came =
  | { readonly result: unknown }
  | { readonly error: string }
  | { readonly crash: string };

const here = (script: Script): string => fileURLToPath(new URL(script, import.meta.url));

export type Step = { readonly step: string } & Came;

/** `user.py` does all that the clients can; `measured.py` writes what `validate` then judges. */
type Script = 'user.py' | 'measured.py';

interface Working {
  readonly login?: Readonly<Record<string, string>>;
  readonly script?: Script;
}

/** What Python's MLflow client of a version sees when it works with the server at an address. */
export async function runUser(
  version: MlflowVersion,
  url: string,
  { login = {}, script = 'user.py' }: Working = {},
): Promise<Step[]> {
  const python = `${dirname(await mlflowProgram(version))}/python`;
  const home = await mkdtemp(`${tmpdir()}/passmuster-user-`);
  const { PATH = '' } = process.env;
  const env = {
    PATH,
    LANG: 'C.UTF-8',
    HOME: home,
    TMPDIR: home,
    PYTHONDONTWRITEBYTECODE: '1',
    GIT_PYTHON_REFRESH: 'quiet',
    MLFLOW_TRACKING_URI: url,
    MLFLOW_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: 'true',
    // It would repeat for minutes what a server has failed at.
    MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
    ...login,
  };
  try {
    const { stdout } = await promisify(execFile)(python, [here(script)], { cwd: home, env });
    const lines = stdout.trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as Step);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
