import { configMap } from '@passmuster/cluster/double/seeds.ts';
import { describe, expect, test } from 'vitest';
import {
  asActor,
  MODEL,
  more,
  problemsOf,
  run as promote,
  promoteTo,
} from '../promote/running.fixture.ts';
import { looking } from '../register/running.fixture.ts';
import {
  BARE,
  deploy,
  type Given,
  POLICY,
  policyWith,
  promoted,
  run,
  SERVES,
  versionOf,
  type World,
  world,
  written,
} from './serving.fixture.ts';

const CANARY = { version: 'v1.1.0', canary: '10' };
const nothing = async (): Promise<void> => {};

const byHand = async ({ address }: World, number: string): Promise<void> => {
  await (await looking(address)).setAlias(MODEL, 'champion', number);
};

type Prepare = (at: World) => Promise<unknown> | unknown;

/** What was refused, each with what is said of it; nothing is written then. */
async function refusedBy(policy: string, prepare: Prepare, given: Given) {
  const at = await world({ policy });
  await prepare(at);
  at.double.reset();
  const before = versionOf(at);
  const { result, outputs, said, page } = await deploy(at, given);
  expect(outputs.outcome, page).toBe('refused');
  expect(outputs.record).toBe('');
  expect(written(at)).toEqual([]);
  expect(versionOf(at)).toBe(before);
  return { result, said, page };
}

describe('what may not be deployed', () => {
  test.each<[string, string, Prepare, Given, string, string[]]>([
    [
      ...(['a version that the environment does not have', POLICY, nothing] as const),
      ...([{ version: 'v1.1.0' }, 'refused'] as const),
      [
        'v1.1.0 (number 2) is not what production has: that is v1.0.0 (number 1).',
        `Promote it first: \`passmuster promote --model ${MODEL} --version v1.1.0 --environment production\`.`,
        `passmuster deploy --model ${MODEL} --version v1.1.0 --environment production --canary 10`,
      ],
    ],
    [
      ...([
        'an environment without a version',
        `${POLICY}  empty: { configmap: ml/other }\n`,
      ] as const),
      ...([nothing, { environment: 'empty' }, 'refused'] as const),
      ['empty has no version: ', 'Promote one first.'],
    ],
    [
      ...(['the same where one is named', `${POLICY}  empty: { configmap: ml/other }\n`] as const),
      ...([nothing, { environment: 'empty', version: 'v1.1.0' }, 'refused'] as const),
      [
        'empty has no version: ',
        `Promote it first: \`passmuster promote --model ${MODEL} --version v1.1.0 --environment empty\`.`,
      ],
    ],
    [
      ...(['an environment that nobody can tell', POLICY] as const),
      ...([(at: World) => byHand(at, '3'), {}, 'conflict'] as const),
      ['Which version is in production cannot be told: ', 'champion'],
    ],
    [
      ...(['another while a canary runs', POLICY] as const),
      ...([(at: World) => deploy(at, CANARY), { version: 'v1.0.0' }, 'refused'] as const),
      [
        'A canary of v1.1.0 (number 2) runs in production at 10 %, since ticket ',
        `Promote that one, or end it with \`passmuster deploy --model ${MODEL} --environment production --canary drop\`.`,
      ],
    ],
    [
      ...(['a second canary', POLICY, (at: World) => deploy(at, CANARY)] as const),
      ...([{ version: 'v1.2.0', canary: '5' }, 'refused'] as const),
      ['A canary of v1.1.0 (number 2) runs in production at 10 %'],
    ],
    [
      ...(['a canary that was never in the environment before', `${POLICY}`] as const),
      ({ address }: World) => more(address, [0.99], 3),
      ...([{ version: '4', canary: '10' }, 'refused'] as const),
      ['must have been live in staging before', 'passmuster promote'],
    ],
    [
      ...([
        'a canary while nothing may move',
        policyWith('freeze: { until: 2099-01-01, reason: a fair }'),
      ] as const),
      ...([nothing, CANARY, 'refused'] as const),
      ['production is frozen until 2099-01-01: a fair.', 'Wait until then.'],
    ],
    [
      ...([
        'a version while nothing may move',
        policyWith('freeze: { until: 2099-01-01, reason: a fair }'),
      ] as const),
      ...([nothing, {}, 'refused'] as const),
      ['production is frozen until 2099-01-01: a fair.'],
    ],
    [
      ...(['a canary that fails its gates', policyWith('gates: [accuracy >= 0.93]')] as const),
      ...([nothing, CANARY, 'refused'] as const),
      ['accuracy >= 0.93 does not hold'],
    ],
    [
      ...(['a canary that fails a gate of the step', POLICY, nothing] as const),
      ...([{ ...CANARY, gates: 'accuracy >= 0.99' }, 'refused'] as const),
      ['accuracy >= 0.99 does not hold'],
    ],
    [
      ...(['a canary that nobody has approved', policyWith('approvals: 1')] as const),
      ...([nothing, CANARY, 'refused'] as const),
      ['approval'],
    ],
    [
      ...(['a canary of what serves', POLICY, nothing] as const),
      ...([{ version: 'v1.0.0', canary: '10' }, 'refused'] as const),
      ['v1.0.0 (number 1) is what production has: it cannot be its own canary.'],
    ],
    [
      ...(['a canary beside something else', POLICY, promoted] as const),
      ...([{ version: 'v1.2.0', canary: '10' }, 'refused'] as const),
      [
        'production has v1.1.0 (number 2), but `current_version` in the cluster says v1.0.0.',
        `Have it served first: \`passmuster deploy --model ${MODEL} --version v1.1.0 --environment production\`.`,
      ],
    ],
    [
      ...(['a ConfigMap of another model', POLICY] as const),
      async (at: World) => {
        await promoted(at);
        const annotations = { 'passmuster.dev/model': 'other' };
        at.double.change('ConfigMap', 'ml', 'versions', { metadata: { annotations } });
      },
      ...([{}, 'refused'] as const),
      [
        'The ConfigMap `ml/versions` says what serves of the model "other", and not of "gpt-custom".',
        'take the annotation `passmuster.dev/model` away',
      ],
    ],
    [
      ...(['a canary that a hand has set', POLICY] as const),
      async (at: World) => {
        await promoted(at);
        const data = { canary_version: 'v7', canary_traffic_percentage: '30' };
        at.double.change('ConfigMap', 'ml', 'versions', { data });
      },
      ...([{}, 'refused'] as const),
      [
        'A canary of v7 takes part in the cluster at 30 %, and no record says so: somebody has set it by hand.',
        '--canary drop',
      ],
    ],
  ])('%s', async (_, policy, prepare, given, expected, lines) => {
    const { result, said } = await refusedBy(policy, prepare, given);
    expect(result).toBe(expected);
    for (const line of lines) expect(said).toContain(line);
  });

  test('a canary holds up every other version, and by every verb', async () => {
    const at = await world();
    await deploy(at, CANARY);
    const says = 'A canary of v1.1.0 (number 2) runs in production at 10 %';
    const given = { version: 'v1.2.0', environment: 'production' };
    const moves = [promote(at.address, given), run(at, given), deploy(at, { version: 'v1.0.0' })];
    for (const { outputs, said } of await Promise.all(moves)) {
      expect(outputs.outcome).toBe('refused');
      expect(said).toContain(says);
    }
    await promoteTo(at.address, 'v1.1.0', 'production');
    expect((await deploy(at)).outputs.outcome).toBe('deployed');
  });

  test('a canary that a hand has set is dropped where somebody says so', async () => {
    const at = await world();
    const data = { canary_version: 'v7', canary_traffic_percentage: '30' };
    at.double.change('ConfigMap', 'ml', 'versions', { data });
    const { outputs } = await deploy(at, { canary: 'drop' });
    expect(outputs.outcome).toBe('dropped');
  });

  test('whoever may override passes gates and a freeze for a canary, and it stays on record', async () => {
    const policy = policyWith('gates: [accuracy >= 0.93]\nmay-override: [ann]');
    const at = await world({ policy });
    const given = { ...CANARY, override: 'the pager is quiet' };
    const refused = await deploy(at, given, asActor('bob'));
    expect(refused.said).toContain('may not override');
    const { outputs, report } = await deploy(at, given, asActor('ann'));
    expect(outputs.outcome).toBe('canary');
    expect(report.override).toMatchObject({ passed: ['gates'] });
  });
});

describe('what cannot be meant', () => {
  test.each<[string, string, Given, RegExp]>([
    [
      ...(['a ConfigMap that is not the policy’s', POLICY, { configmap: 'ml/other' }] as const),
      /^input: `configmap` is ml\/other, but the policy says that production has ml\/versions.\n {2}Leave `configmap` out/,
    ],
    [
      ...([
        'no ConfigMap at all',
        'environments: { production: { alias: champion } }\n',
        {},
      ] as const),
      /^input: Nothing says what serves in production: the policy has no `configmap`/,
    ],
    [
      'a ConfigMap of the policy, without its environment',
      ...([POLICY, { environment: '', configmap: 'ml/versions', version: 'v1.1.0' }] as const),
      /^input: `configmap` is ml\/versions, which the policy gives to production.\n {2}Give `environment: production` in its place/,
    ],
    ['neither', BARE, { environment: '', version: '1' }, /neither `environment` nor `configmap`/],
    ['a canary of nothing', POLICY, { canary: '10' }, /^input: `version` is missing/],
    [
      ...(['nothing, without an environment', BARE] as const),
      ...([{ environment: '', configmap: 'ml/versions' }, /^input: `version` is missing/] as const),
    ],
    [
      ...(['a version to be dropped', POLICY, { version: 'v1.0.0', canary: 'drop' }] as const),
      /`version` and `canary: drop` are both given/,
    ],
    ['a version that is not there', POLICY, { version: 'v9.0.0' }, /`version`: .*v9\.0\.0/],
    [
      ...(['an override of nothing', BARE] as const),
      { environment: '', configmap: 'ml/versions', version: '1', override: 'because' },
      /`override` is given without `environment`/,
    ],
  ])('%s', async (_, policy, given, says) => {
    const at = await world({ policy });
    expect(await problemsOf(deploy(at, given))).toMatch(says);
    expect(written(at)).toEqual([]);
  });

  test.each(['101', '-1', 'ten', '', '10.12345678', '1e1', '0x10', 'drop it'])(
    'a canary of %j',
    async (canary) => {
      const at = await world();
      const given = { version: 'v1.1.0', canary };
      // Nothing stands for an input that was not given.
      if (canary === '') expect((await deploy(at, given)).outputs.outcome).toBe('refused');
      else await expect(deploy(at, given)).rejects.toThrow(/percentage from 0 to 100/);
    },
  );

  test('a ConfigMap where the policy has none for the environment', async () => {
    const policy = POLICY.replace('    configmap: ml/versions\n', '');
    const at = await world({ policy });
    await promoted(at);
    at.double.put(configMap('versions', SERVES, { namespace: 'ml' }));
    const { outputs } = await deploy(at, { configmap: 'ml/versions' });
    expect(outputs.outcome).toBe('deployed');
  });
});
