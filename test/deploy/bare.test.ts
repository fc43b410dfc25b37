import { RegistryError } from '@passmuster/core/registry/error.ts';
import { describe, expect, test } from 'vitest';
import { lastTicket, problemsOf, stands } from '../promote/running.fixture.ts';
import { openRegistry } from '../register/running.fixture.ts';
import {
  BARE,
  dataIn,
  deploy,
  type Given,
  notesIn,
  runsIn,
  SERVES,
  stampOn,
  type World,
  world,
  written,
} from './serving.fixture.ts';

/** No environment: only a ConfigMap. */
const bare = (at: World, given: Given = {}, ports: Parameters<typeof deploy>[2] = {}) =>
  deploy(at, { environment: '', configmap: 'ml/versions', ...given }, ports);

const UNJUDGED = 'Nothing was judged, and nothing is on record';

describe('a ConfigMap that belongs to no environment', () => {
  test.each([
    ['v1.1.0', 'v1.1.0'],
    ['2', 'v1.1.0'],
    ['@staging', 'v1.2.0'],
  ])('serves %s, without a ticket, and says that nothing was judged', async (version, written_) => {
    const at = await world({ policy: BARE });
    const before = await lastTicket(at.address);
    const { result, outputs, page, report } = await bare(at, { version });
    expect(result).toBe('done');
    expect(outputs).toMatchObject({
      outcome: 'deployed',
      record: '',
      'promotion-id': '',
      from: '',
    });
    expect(page).toContain(UNJUDGED);
    expect(page).toContain('serves in ml/versions now');
    expect(report).not.toHaveProperty('environment');
    expect(dataIn(at)).toEqual({ ...SERVES, current_version: written_ });
    expect(notesIn(at)).not.toHaveProperty('passmuster.dev/promotion');
    expect(runsIn(at, 'stable', 'CURRENT_VERSION')).toEqual([written_]);
    expect((await lastTicket(at.address))?.number).toBe(before?.number);
    expect(await stands(at.address)).toMatchObject({ champion: '1' });
    const again = await bare(at, { version });
    expect(again.outputs.outcome).toBe('unchanged');
  });

  test('a canary, another share, current, and dropped', async () => {
    const at = await world({ policy: BARE });
    const canary = await bare(at, { version: 'v1.1.0', canary: '10' });
    expect(canary.outputs).toMatchObject({ outcome: 'canary', to: '2' });
    expect(dataIn(at)).toMatchObject({ canary_version: 'v1.1.0', canary_traffic_percentage: '10' });
    await bare(at, { version: 'v1.1.0', canary: '20' });
    expect(dataIn(at)).toMatchObject({ canary_traffic_percentage: '20' });
    const dropped = await bare(at, { canary: 'drop' });
    expect(dropped.outputs.outcome).toBe('dropped');
    expect(dataIn(at)).toEqual(SERVES);
    await bare(at, { version: 'v1.1.0', canary: '30' });
    await bare(at, { version: 'v1.1.0' });
    expect(dataIn(at)).toEqual({
      ...{ current_version: 'v1.1.0', canary_version: 'v1.1.0' },
      canary_traffic_percentage: '0',
    });
  });

  test('both versions must be there', async () => {
    const at = await world({ policy: BARE, data: { ...SERVES, current_version: 'placeholder' } });
    expect(await problemsOf(bare(at, { version: 'v9.0.0' }))).toMatch(/`version`: .*v9\.0\.0/);
    const canary = await problemsOf(bare(at, { version: 'v1.1.0', canary: '10' }));
    expect(canary).toMatch(/`current_version`: .*placeholder/);
    expect(written(at)).toEqual([]);
    // What served before need not be one.
    expect((await bare(at, { version: 'v1.1.0' })).outputs.outcome).toBe('deployed');
  });

  test('no canary of itself, and none beside nothing', async () => {
    const at = await world({ policy: BARE });
    const itself = await bare(at, { version: 'v1.0.0', canary: '10' });
    expect(itself.said).toContain('Number 1 is what serves already: it cannot be its own canary.');
    at.double.change('ConfigMap', 'ml', 'versions', { data: { current_version: null } });
    const nothing = await bare(at, { version: 'v1.0.0', canary: '10' });
    expect(nothing.said).toContain('The ConfigMap says nothing under `current_version`');
    const drop = await bare(at, { canary: 'drop' });
    expect(drop.outputs.outcome).toBe('refused');
  });

  test('goes back where it does not become ready, and the page says why', async () => {
    const at = await world({ policy: BARE });
    at.double.decide((_, { CURRENT_VERSION }) =>
      CURRENT_VERSION === 'v1.1.0' ? 'main/CrashLoopBackOff/1' : undefined,
    );
    const { result, outputs, page } = await bare(at, { version: 'v1.1.0' });
    expect(result).toBe('refused');
    expect(outputs.outcome).toBe('put-back');
    expect(page).toContain('CrashLoopBackOff');
    expect(dataIn(at)).toEqual(SERVES);
    expect(stampOn(at, 'stable')).toEqual({});
  });

  test('stops on what somebody else writes, and says how to put it back', async () => {
    const at = await world({ policy: BARE });
    at.double.onRequest(({ method, path, query }) => {
      if (method !== 'PATCH' || !/deployments/.test(path) || query['dryRun']) return undefined;
      const data = { current_version: 'v7' };
      at.double.change('ConfigMap', 'ml', 'versions', { data }, 'kubectl-edit');
      return undefined;
    });
    const { result, outputs, page } = await bare(at, { version: 'v1.1.0' });
    expect(outputs.outcome).toBe('stopped');
    expect(result).toBe('conflict');
    expect(page).toContain('kubectl-edit has written it last');
    expect(page).toContain('kubectl -n ml patch configmap versions --type merge -p');
    expect(page).toContain('kubectl -n ml patch deployment/stable --type merge -p');
    expect(page).not.toContain('passmuster settle');
  });

  test('a dry run shows what would move, and stores nothing', async () => {
    const at = await world({ policy: BARE });
    const { outputs, page } = await bare(at, { version: 'v1.1.0', 'dry-run': 'true' });
    expect(outputs.outcome).toBe('planned');
    expect(page).toContain('+ current_version in the ConfigMap ml/versions: v1.1.0');
    expect(written(at)).toEqual([]);
  });

  test('from a registry that can keep no ledger, by numbers', async () => {
    const at = await world({ policy: BARE });
    const open = async () => {
      const registry = await openRegistry(at.address);
      const unsupported = new RegistryError(
        { reason: 'unsupported', effect: 'none' },
        { message: 'It has no search by tags.' },
      );
      const versions: typeof registry.versions = (query, call) => {
        if ('model' in query && query.model?.startsWith('passmuster.')) throw unsupported;
        return registry.versions(query, call);
      };
      return { ...registry, versions };
    };
    const { outputs, said } = await bare(at, { version: '2' }, { openRegistry: open });
    expect(outputs.outcome, said).toBe('deployed');
    expect(dataIn(at)).toMatchObject({ current_version: '2' });
  });
});
