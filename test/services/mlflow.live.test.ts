import { access } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { MLFLOW_VERSIONS, type MlflowOptions, startMlflow } from './mlflow.ts';

async function answer(url: string, headers: Record<string, string> = {}) {
  const reply = await fetch(url, { headers });
  return { status: reply.status, text: await reply.text() };
}

describe.each(MLFLOW_VERSIONS)('MLflow %s', (version) => {
  const started = async (options: MlflowOptions, use: (url: string) => Promise<void>) => {
    const server = await startMlflow(version, options);
    try {
      await use(server.url);
    } finally {
      await server.stop();
    }
    await expect(access(server.folder)).rejects.toThrow('ENOENT');
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  };

  test('starts, says its version and leaves nothing when it stops', () =>
    started({}, async (url) => {
      expect(await answer(`${url}/version`)).toEqual({ status: 200, text: version });
    }));

  test('keeps files out of its proxy, serves from several processes and below a prefix', () =>
    started({ workers: 2, staticPrefix: '/below', noArtifacts: true }, async (url) => {
      const api = version === '2.22.5' ? new URL(url).origin : url;
      expect(url).toMatch(/\/below$/);
      const files = await answer(`${api}/api/2.0/mlflow-artifacts/artifacts?path=x`);
      expect(files.status).toBe(503);
    }));

  test('stores in files', () =>
    started({ fileStore: true }, async (url) => {
      const { status } = await answer(`${url}/api/2.0/mlflow/registered-models/search`);
      expect(status).toBe(200);
    }));

  test('has accounts', async () => {
    const server = await startMlflow(version, { basicAuth: true });
    const { url, admin, stop } = server;
    try {
      const models = `${url}/api/2.0/mlflow/registered-models/search`;
      expect((await answer(models)).status).toBe(401);
      const login = Buffer.from(`${admin?.user}:${admin?.password}`).toString('base64');
      expect((await answer(models, { authorization: `Basic ${login}` })).status).toBe(200);
    } finally {
      await stop();
    }
  });
});
