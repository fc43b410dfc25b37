import { openLedger } from '@passmuster/core/ledger/open.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { marksOf } from '@passmuster/core/versions/sealed.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rounds } from '../rounds.ts';
import { MLFLOW_VERSIONS, type Mlflow, startMlflow } from '../services/mlflow.ts';
import { registerAt } from './command.ts';
import { around, LEASE, openRegistry } from './running.fixture.ts';

const MODEL = 'gpt-custom';

/** Two processes at the same moment, and the versions of the model afterwards. */
async function both(url: string, model: string, version: string, sources: readonly string[]) {
  const ended = await Promise.all(
    sources.map((source) => registerAt(url, { model, version, source })),
  );
  return ended.sort((a, b) => (a.code ?? 0) - (b.code ?? 0) || a.outcome.localeCompare(b.outcome));
}

async function numbersOf(registry: Registry, model: string, version: string): Promise<string[]> {
  const tags = new Map([['passmuster.version', version]]);
  const numbers: string[] = [];
  for await (const { number } of registry.versions({ model, tags })) numbers.push(number);
  return numbers;
}

const ledgerOf = (registry: Registry, model: string) =>
  openLedger({ ...around(), registry, model, lease: LEASE });

describe.each(MLFLOW_VERSIONS)('MLflow %s', (version) => {
  let server: Mlflow;
  let registry: Registry;
  beforeAll(async () => {
    server = await startMlflow(version, { workers: 2 });
    registry = await openRegistry(server.url);
  });
  afterAll(async () => {
    await registry?.close();
    await server?.stop();
  });

  const { numRuns } = rounds(100);

  test(
    `of two processes that register one version with other sources, one wins, ${numRuns} times`,
    async () => {
      const { signal } = new AbortController();
      const ledger = ledgerOf(registry, MODEL);
      for (let round = 0; round < numRuns; round++) {
        const name = `v1.0.${round}`;
        const ended = await both(server.url, MODEL, name, ['s3://m/a', 's3://m/b']);
        const said = ended.map((one) => one.said).join('\n');
        const ends = ended.map(({ code, outcome }) => `${code} ${outcome}`);
        expect(ends, said).toEqual(['0 registered', '1 refused']);
        const numbers = await numbersOf(registry, MODEL, name);
        expect(numbers).toHaveLength(1);
        const tickets = await ledger.find(marksOf(name), signal);
        const sealed = tickets.filter(({ outcome }) => outcome !== 'void');
        expect(sealed).toMatchObject([{ outcome: 'done', result: { number: numbers[0] } }]);
      }
      expect((await ledger.whole(signal)).history('names').problems).toEqual([]);
    },
    60_000 + numRuns * 20_000,
  );

  test('of two that register the same, one does, and the other finds it done', async () => {
    const ended = await both(server.url, 'twins', 'v1.0.0', ['s3://m/a', 's3://m/a']);
    const ends = ended.map(({ code, outcome }) => `${code} ${outcome}`);
    expect(ends, ended.map(({ said }) => said).join('\n')).toEqual(['0 registered', '0 unchanged']);
    expect(await numbersOf(registry, 'twins', 'v1.0.0')).toEqual(['1']);
  });
});

describe.each(MLFLOW_VERSIONS)('MLflow %s with accounts', (version) => {
  let server: Mlflow;
  beforeAll(async () => {
    server = await startMlflow(version, { basicAuth: true });
  });
  afterAll(() => server?.stop());

  const SECOND = { user: 'second', password: 'a-password-of-tests' };

  async function asAdmin(path: string, body: object): Promise<void> {
    const { user = '', password = '' } = server.admin ?? {};
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(`${server.url}${path}`, request);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  const grant = (model: string): Promise<void> =>
    version === '2.22.5'
      ? asAdmin('/api/2.0/mlflow/registered-models/permissions/create', {
          name: model,
          username: SECOND.user,
          permission: 'EDIT',
        })
      : asAdmin('/api/3.0/mlflow/users/permissions/grant', {
          username: SECOND.user,
          resource_type: 'registered_model',
          resource_id: model,
          permission: 'EDIT',
        });

  const registering = (who: { user: string; password: string }, name: string) =>
    registerAt(
      server.url,
      { model: MODEL, version: name, source: `s3://m/${name}` },
      { MLFLOW_TRACKING_USERNAME: who.user, MLFLOW_TRACKING_PASSWORD: who.password },
    );

  test('who may not edit the ledger is told which grant is missing', async () => {
    const first = await registering(server.admin ?? SECOND, 'v1.0.0');
    expect(first, first.said).toMatchObject({ code: 0, outcome: 'registered' });
    await asAdmin('/api/2.0/mlflow/users/create', {
      username: SECOND.user,
      password: SECOND.password,
    });
    await grant(MODEL);
    const denied = await registering(SECOND, 'v1.1.0');
    expect(denied.code, denied.said).toBe(4);
    expect(denied.said).toContain(
      `permission EDIT on the registered model \\"passmuster.${MODEL}\\"`,
    );
    expect(denied.said).not.toContain(SECOND.password);
    await grant(`passmuster.${MODEL}`);
    const second = await registering(SECOND, 'v1.1.0');
    expect(second, second.said).toMatchObject({ code: 0, outcome: 'registered' });
  });
});
