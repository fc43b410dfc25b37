import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { startEmbedded } from '@passmuster/registry/embedded/server.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { MLFLOW_VERSIONS, type MlflowVersion, startMlflow } from '../services/mlflow.ts';
import { DIFFERENCES } from './differences.ts';
import { runUser, type Step } from './run-user.ts';

async function withMlflow(version: MlflowVersion): Promise<Step[]> {
  const { url, stop } = await startMlflow(version);
  try {
    return await runUser(version, url);
  } finally {
    await stop();
  }
}

const TOKEN = 'a-token-of-thirty-two-characters';
/** One client each brings the token in one of the two ways that there are. */
const LOGIN: Readonly<Record<MlflowVersion, Record<string, string>>> = {
  '3.17.2': { MLFLOW_TRACKING_TOKEN: TOKEN },
  '2.22.5': { MLFLOW_TRACKING_USERNAME: 'anybody', MLFLOW_TRACKING_PASSWORD: TOKEN },
};

async function withEmbedded(version: MlflowVersion): Promise<Step[]> {
  const folder = await mkdtemp(`${tmpdir()}/passmuster-embedded-`);
  const file = `${folder}/registry.db`;
  const { url, close } = await startEmbedded({ file, host: '127.0.0.1', port: 0, token: TOKEN });
  try {
    return await runUser(version, url, { login: LOGIN[version] });
  } finally {
    await close();
    await rm(folder, { recursive: true });
  }
}

describe.each(MLFLOW_VERSIONS)("Python's MLflow client %s", (version) => {
  const differences = DIFFERENCES.filter(({ versions }) => versions.includes(version));
  let real: Step[];
  let ours: Step[];

  beforeAll(async () => {
    real = await withMlflow(version);
    ours = await withEmbedded(version);
  });

  test('comes to the end on both, and nothing falls over', () => {
    expect(real.length).toBeGreaterThan(250);
    expect(new Set(real.map(({ step }) => step)).size).toBe(real.length);
    expect([...real, ...ours].filter((step) => 'crash' in step)).toEqual([]);
    expect(ours.map(({ step }) => step)).toEqual(real.map(({ step }) => step));
  });

  test('the differences that we know are those that there are', () => {
    const known = differences.map(({ step, mlflow }) => ({ step, ...mlflow }));
    const found = known.map(({ step }) => real.find((one) => one.step === step));
    expect(found).toEqual(known);
  });

  test('sees the same on both, but for those', () => {
    const expected = real.map((line) => {
      const known = differences.find(({ step }) => step === line.step);
      return known ? { step: line.step, ...known.embedded } : line;
    });
    expect(ours).toEqual(expected);
  });
});
