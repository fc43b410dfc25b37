import { forgeThat } from '@passmuster/core/forge.fixture.ts';
import { describe, expect, test } from 'vitest';
import { around, emptyRegistry, looking, run as register } from '../register/running.fixture.ts';
import { standingIn } from '../validate/running.fixture.ts';
import {
  asActor,
  historyOf,
  MODEL,
  promoteTo,
  registered,
  rollBack,
  run,
  stands,
} from './running.fixture.ts';

const TO = { environment: 'live' };

const policyWith = (model: string, environment = ''): string =>
  `models: { ${MODEL}: { ${model} } }\nenvironments: { live: { ${environment} } }\n`;

describe('gates are judged here', () => {
  test.each<[string, string, Record<string, string>, string, RegExp]>([
    ['one that holds', 'gates: [accuracy >= 0.8]', {}, 'promoted', /^$/],
    ['one that fails', 'gates: [accuracy >= 0.95]', {}, 'refused', /0\.9 is 0\.05 below 0\.95/],
    ['one on a metric that nobody has', 'gates: [recall > 0]', {}, 'refused', /inconclusive/],
    [
      'one that holds beside one that nobody can tell',
      'gates: [accuracy > 0.8, recall > 0]',
      {},
      'refused',
      /inconclusive/,
    ],
    ['none at all', '', {}, 'refused', /There is no gate to judge it by\. Add gates to the policy/],
    ['warnings alone', 'gates: [{ warn: accuracy > 0 }]', {}, 'refused', /./],
    ['one on a champion that is not there', 'gates: [accuracy >= champion]', {}, 'refused', /./],
    [
      'one on a champion that is not there, beside one that holds',
      'gates: [accuracy >= champion, accuracy > 0]',
      {},
      'promoted',
      /^$/,
    ],
    ['one of the step', '', { gates: 'accuracy > 0.8' }, 'promoted', /^$/],
    [
      'one of the step that is stricter',
      'gates: [accuracy > 0.8]',
      { gates: 'accuracy > 0.95' },
      'refused',
      /accuracy > 0\.95 does not hold/,
    ],
  ])('%s', async (_, model, given, outcome, says) => {
    const address = await registered([0.9], policyWith(model));
    const { result, outputs, said } = await run(address, { ...TO, ...given });
    expect(outputs.outcome, said).toBe(outcome);
    expect(result).toBe(outcome === 'refused' ? 'refused' : 'done');
    expect(said).toMatch(says);
    expect(await stands(address)).toEqual(outcome === 'refused' ? {} : { live: '1' });
    expect(await historyOf(address, 'live')).toHaveLength(outcome === 'refused' ? 0 : 1);
  });

  test('the champion is whatever is there now', async () => {
    const address = await registered(
      [0.9, 0.8, 0.95],
      policyWith('gates: [accuracy >= champion, accuracy > 0]'),
    );
    await promoteTo(address, 'v1.0.0', 'live');
    const worse = await run(address, { ...TO, version: 'v1.1.0' });
    expect(worse.outputs.outcome).toBe('refused');
    expect(worse.said).toMatch(/0\.8 is 0\.1 below 0\.9/);
    await promoteTo(address, 'v1.2.0', 'live');
  });
});

describe('evidence that nothing ties to the version', () => {
  const FILE = { 'eval.json': '{"accuracy": 0.9}' };

  async function withFile(evidence: string) {
    const address = await emptyRegistry();
    await register(address, { version: 'v1.0.0' });
    const policy = policyWith(`gates: [accuracy > 0.8], evaluations: [eval.json]${evidence}`);
    await standingIn({ ...FILE, 'passmuster.yaml': policy });
    return address;
  }

  test('counts for nothing', async () => {
    const address = await withFile('');
    const { outputs, said } = await run(address, TO);
    expect(outputs.outcome).toBe('refused');
    expect(said).toMatch(/unbound|its digest is not/);
    expect(await stands(address)).toEqual({});
  });

  test('counts where the policy says so', async () => {
    const address = await withFile(', evidence: unbound');
    const { outputs, said } = await run(address, TO);
    expect(outputs.outcome, said).toBe('promoted');
    const [moved] = await historyOf(address, 'live');
    expect(moved?.record?.['evidence']).toEqual([
      expect.stringMatching(/eval\.json.* sha256:[0-9a-f]{64}$/),
    ]);
  });

  test('a run that anybody could have named counts for nothing', async () => {
    const address = await emptyRegistry();
    const registry = await looking(address);
    const { id } = await registry.createRun({ experimentId: '0' });
    const metrics = [{ key: 'accuracy', value: 0.99, step: 0, timestamp: 1 }];
    await registry.log(id, { metrics });
    await registry.createModel({ name: MODEL });
    await registry.createVersion({ model: MODEL, source: 's3://elsewhere/model', runId: id });
    await standingIn({ 'passmuster.yaml': policyWith('gates: [accuracy > 0.8]') });
    const { outputs, said } = await run(address, { ...TO, version: '1' });
    expect(outputs.outcome).toBe('refused');
    expect(said).toContain('is not among the files of that run');
  });

  test('what was registered with the version counts', async () => {
    const address = await emptyRegistry();
    const policy = policyWith('gates: [accuracy > 0.8]');
    await standingIn({ ...FILE, 'passmuster.yaml': policy });
    await register(address, { version: 'v1.0.0', evaluations: 'eval.json' });
    const { outputs } = await run(address, { ...TO, evaluations: 'eval.json' });
    expect(outputs.outcome).toBe('promoted');
  });
});

/** A clock that stands at a moment of the server's, too. */
const at = (moment: string) => {
  const now = () => Date.parse(moment);
  return { clock: { ...around().clock, now } };
};

describe('a waiver', () => {
  const waiving = (until: string) =>
    policyWith(
      'gates: [accuracy >= 0.8, recall > 0]',
      `waivers: [{ gate: recall > 0, reason: "no labels yet", approver: ann, until: "${until}" }]`,
    );

  test('that lasts lets a version by, and is on record', async () => {
    const address = await registered([0.9], waiving('2999-12-31'));
    expect((await run(address, TO)).outputs.outcome).toBe('promoted');
    const [moved] = await historyOf(address, 'live');
    expect(moved?.record).toMatchObject({
      verdict: 'pass',
      gates: [
        { gate: 'accuracy >= 0.8', verdict: 'pass' },
        {
          ...{ gate: 'recall > 0', verdict: 'inconclusive' },
          waived: { until: '2999-12-31', approver: 'ann', reason: 'no labels yet' },
        },
      ],
    });
  });

  test('that is over lets nobody by', async () => {
    const address = await registered([0.9], waiving('2020-12-31'));
    const { outputs, said } = await run(address, TO);
    expect(outputs.outcome).toBe('refused');
    expect(said).toContain('Its waiver by ann ended on 2020-12-31');
  });

  test('is over by the server’s clock, whatever ours says', async () => {
    const address = await registered([0.9], waiving('2020-12-31'));
    const { outputs } = await run(address, TO, at('2020-06-01T00:00:00Z'));
    expect(outputs.outcome).toBe('refused');
  });
});

describe('an override', () => {
  const OVERRIDE = { ...TO, override: 'the fix cannot wait, #7' };
  const policy = policyWith('gates: [accuracy > 0.8]', 'may-override: [Ann]');

  test('passes gates for those whom the policy lists, and stays on record', async () => {
    const address = await registered([0.5], policy);
    const { outputs } = await run(address, OVERRIDE, asActor('ann'));
    expect(outputs.outcome).toBe('promoted');
    const [moved] = await historyOf(address, 'live');
    expect(moved?.record).toMatchObject({
      verdict: 'fail',
      gates: [{ verdict: 'fail' }],
      override: { reason: 'the fix cannot wait, #7', passed: ['gates'] },
    });
  });

  test.each([
    ['anybody else', asActor('bob')],
    ['a run that somebody else had started', asActor('ann', { startedBy: 'bob' })],
    ['a run that somebody else has repeated', asActor('bob', { startedBy: 'ann' })],
  ])('is refused from %s', async (_, ports) => {
    const address = await registered([0.5], policy);
    const { result, said } = await run(address, OVERRIDE, ports);
    expect(result).toBe('refused');
    expect(said).toMatch(
      /`override` is given by .*bob.*, who may not override in live\. These may: Ann/,
    );
    expect(await stands(address)).toEqual({});
  });

  test('is refused from everybody where the policy lists nobody, or there is none', async () => {
    const none = await registered([0.5], policyWith('gates: [accuracy > 0.8]'));
    expect((await run(none, OVERRIDE, asActor('ann'))).said).toContain('lists nobody');
    const without = await registered([0.5], 'none');
    const given = { ...OVERRIDE, gates: 'accuracy > 0.8' };
    expect((await run(without, given, asActor('ann'))).result).toBe('refused');
  });

  test('that passes nothing is not on record', async () => {
    const address = await registered([0.9], policy);
    expect((await run(address, OVERRIDE, asActor('ann'))).outputs.outcome).toBe('promoted');
    const [moved] = await historyOf(address, 'live');
    expect(moved?.record).not.toHaveProperty('override');
  });

  test('passes several at once, and each is named', async () => {
    const both = policyWith(
      'gates: [accuracy > 0.8]',
      'may-override: [ann], freeze: { until: "2999-01-01", reason: audit }',
    );
    const address = await registered([0.5], both);
    expect((await run(address, OVERRIDE, asActor('ann'))).outputs.outcome).toBe('promoted');
    const [moved] = await historyOf(address, 'live');
    expect(moved?.record?.['override']).toMatchObject({ passed: ['gates', 'freeze'] });
  });

  test('passes neither a lower version nor one that was rolled back from', async () => {
    const lenient = policyWith('gates: [accuracy > 0]', 'may-override: [ann]');
    const address = await registered([0.5, 0.6], lenient);
    await promoteTo(address, 'v1.0.0', 'live');
    await promoteTo(address, 'v1.1.0', 'live');
    const lower = await run(address, { ...OVERRIDE, version: 'v1.0.0' }, asActor('ann'));
    expect(lower.said).toContain('is lower than');
    await rollBack(address, 'live', '1');
    const back = await run(address, { ...OVERRIDE, version: 'v1.1.0' }, asActor('ann'));
    expect(back.said).toContain('was rolled back from');
    expect(await stands(address)).toEqual({ live: '1' });
  });
});

test('in a job the default branch says what a version must pass, not the work tree', async () => {
  const address = await registered([0.5], policyWith('gates: [accuracy > 0]'));
  const text = policyWith('gates: [accuracy > 0.8]');
  const asked: string[] = [];
  const forge = forgeThat({
    fileAt: async (repository: string, path: string) => {
      asked.push(`${repository} ${path}`);
      return { text, commit: 'c'.repeat(40) };
    },
  });
  const of = { server: 'https://github.com', repository: 'acme/models', id: '7', attempt: '1' };
  const ports = { ...asActor('ann', { run: of, isJob: true }), forge };
  const { result, said } = await run(address, TO, ports);
  expect(result).toBe('refused');
  expect(said).toMatch(/accuracy > 0\.8 does not hold/);
  expect(asked).toEqual(['acme/models passmuster.yaml']);
});
