import { RegistryError } from '@passmuster/core/registry/error.ts';
import type { Feature, Registry } from '@passmuster/core/registry/registry.ts';
import { describe, expect, test } from 'vitest';
import { looking, openRegistry } from '../register/running.fixture.ts';
import {
  historyOf,
  MODEL,
  problemsOf,
  registered,
  rollBack,
  run,
  stands,
} from './running.fixture.ts';

const POLICY = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments:
  staging: { stage: Staging }
  production: { after: staging, stage: Production, alias: champion }
  lonely: {}
`;

const lacking = (feature: Feature) => async (): Promise<never> => {
  const problem = { message: `Could not: the registry has no ${feature}.` };
  throw new RegistryError({ reason: 'unsupported', effect: 'none', status: 404 }, problem);
};

/** A server that never heard of aliases: it sends none, and has no place for them. */
const withStagesOnly = (address: string) => async (): Promise<Registry> => {
  const registry = await openRegistry(address);
  return {
    ...registry,
    has: async (feature, ...asked) => feature !== 'aliases' && registry.has(feature, ...asked),
    model: async (...asked) => {
      const model = await registry.model(...asked);
      return model && { ...model, aliases: new Map() };
    },
    setAlias: lacking('aliases'),
    removeAlias: lacking('aliases'),
    aliased: lacking('aliases'),
  };
};

/** A server whose versions have no stage, and no place to move them. */
const withAliasesOnly = (address: string) => async (): Promise<Registry> => {
  const registry = await openRegistry(address);
  return {
    ...registry,
    has: async (feature, ...asked) => feature !== 'stages' && registry.has(feature, ...asked),
    async *versions(...asked) {
      for await (const version of registry.versions(...asked)) yield { ...version, stage: '' };
    },
    version: async (...asked) => {
      const version = await registry.version(...asked);
      return version && { ...version, stage: '' };
    },
    latestVersions: lacking('stages'),
    moveToStage: lacking('stages'),
  };
};

const STAGES = ['only stages', withStagesOnly] as const;
const ALIASES = ['only aliases', withAliasesOnly] as const;
const BOTH = ['both', (address: string) => () => openRegistry(address)] as const;

describe.each([
  [...STAGES, { Production: '2', Archived: '1' }, { Production: '1', Archived: '2' }],
  [...ALIASES, { staging: '2', champion: '2' }, { staging: '2', champion: '1' }],
  [
    ...BOTH,
    { staging: '2', champion: '2', Production: '2', Archived: '1' },
    { staging: '2', champion: '1', Production: '1', Archived: '2' },
  ],
] as const)('a server with %s', (_, double, afterwards, back) => {
  async function promoting() {
    const address = await registered([0.8, 0.9, 0.7], POLICY);
    const ports = { openRegistry: double(address) };
    const to = async (version: string, environment: string, given: Record<string, string> = {}) => {
      const { outputs, said } = await run(address, { version, environment, ...given }, ports);
      return said === '' ? outputs.outcome : said;
    };
    return { address, ports, to };
  }

  test('moves a version through both environments, and another after it', async () => {
    const { address, to } = await promoting();
    expect(await to('v1.0.0', 'staging')).toBe('promoted');
    expect(await to('v1.0.0', 'staging')).toBe('unchanged');
    expect(await to('v1.0.0', 'production')).toBe('promoted');
    expect(await to('v1.0.0', 'production')).toBe('unchanged');
    // It has gone on; it was there all the same.
    expect(await to('v1.0.0', 'staging')).toBe('unchanged');
    expect(await to('v1.1.0', 'production')).toMatch(/must have been live in staging before/);
    expect(await to('v1.1.0', 'staging')).toBe('promoted');
    expect(await to('v1.1.0', 'production', { expect: 'v1.0.0' })).toBe('promoted');
    expect(await stands(address)).toEqual(afterwards);
    expect(await historyOf(address, 'production')).toHaveLength(2);
  });

  test('goes back, and asks for `again`', async () => {
    const { address, ports, to } = await promoting();
    for (const version of ['v1.0.0', 'v1.1.0']) {
      for (const environment of ['staging', 'production']) await to(version, environment);
    }
    await rollBack(address, 'production', '1', ports);
    expect(await stands(address)).toEqual(back);
    expect(await to('v1.0.0', 'production')).toBe('unchanged');
    expect(await to('v1.1.0', 'production')).toMatch(/was rolled back from/);
    expect(await to('v1.1.0', 'production', { again: 'true' })).toBe('promoted');
    expect(await stands(address)).toEqual(afterwards);
  });
});

describe('without aliases', () => {
  test('an environment without a stage cannot be told, and is refused', async () => {
    const address = await registered([0.9], POLICY);
    const ports = { openRegistry: withStagesOnly(address) };
    const { result, said } = await run(address, { environment: 'lonely' }, ports);
    expect(result).toBe('refused');
    expect(said).toMatch(/The registry has no aliases, and lonely has nothing else.*`stage`/);
    expect(await historyOf(address, 'lonely')).toEqual([]);
  });

  test('an `alias` alone is refused, a `stage` goes', async () => {
    const address = await registered([0.9], 'none');
    const ports = { openRegistry: withStagesOnly(address) };
    const given = { gates: 'accuracy > 0' };
    expect((await run(address, { ...given, alias: 'live' }, ports)).result).toBe('refused');
    const staged = await run(address, { ...given, stage: 'Production', alias: 'live' }, ports);
    expect(staged.outputs.outcome).toBe('promoted');
    expect(await stands(address)).toEqual({ Production: '1' });
  });

  test('a version that is live in production does not leave it for staging', async () => {
    const policy = `models: { ${MODEL}: { gates: [accuracy > 0] } }
environments: { staging: { stage: Staging }, production: { stage: Production } }
`;
    const address = await registered([0.9], policy);
    const ports = { openRegistry: withStagesOnly(address) };
    await run(address, { environment: 'production' }, ports);
    const { result, said } = await run(address, { environment: 'staging' }, ports);
    expect(result).toBe('refused');
    expect(said).toMatch(/Number 1 is in production now, and a version has one stage: it would be/);
    expect(await stands(address)).toEqual({ Production: '1' });
  });

  test('a hand that has moved the stage is seen', async () => {
    const address = await registered([0.8, 0.9], POLICY);
    const ports = { openRegistry: withStagesOnly(address) };
    await run(address, { environment: 'staging' }, ports);
    const registry = await looking(address);
    await registry.moveToStage(MODEL, '1', 'Archived', false);
    const next = { environment: 'staging', version: 'v1.1.0' };
    const { result, said } = await run(address, next, ports);
    expect(result).toBe('conflict');
    expect(said).toMatch(/no version is in the stage Staging.*settle/);
  });
});

test('without stages, a `stage` alone has nothing to move', async () => {
  const address = await registered([0.9], 'none');
  const ports = { openRegistry: withAliasesOnly(address) };
  const given = { gates: 'accuracy > 0', stage: 'Production' };
  const { result, said } = await run(address, given, ports);
  expect(result).toBe('refused');
  expect(said).toContain('The registry has no stages');
  const both = await run(address, { ...given, alias: 'live' }, ports);
  expect(both.outputs.outcome).toBe('promoted');
  expect(await stands(address)).toEqual({ live: '1' });
});

test('a server without tags can have no ledger, and is told nothing to write', async () => {
  const address = await registered([], 'none');
  const open = async (): Promise<Registry> => {
    const registry = await openRegistry(address);
    return {
      ...registry,
      has: async (feature, ...asked) => feature !== 'tags' && registry.has(feature, ...asked),
      tagVersion: lacking('tags'),
    };
  };
  const registry = await looking(address);
  await registry.createModel({ name: MODEL });
  await registry.createVersion({ model: MODEL, source: 's3://m/1' });
  const given = { version: '1', alias: 'live', gates: 'accuracy > 0' };
  const problems = await problemsOf(run(address, given, { openRegistry: open }));
  expect(problems).toContain('tags on versions');
  expect(await registry.model(`passmuster.${MODEL}`)).toBeUndefined();
});
