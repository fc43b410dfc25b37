import { readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looking, openRegistry } from '../register/running.fixture.ts';
import { rounds } from '../rounds.ts';
import { noRegistry } from '../surroundings.ts';
import {
  asActor,
  historyOf,
  MODEL,
  more,
  problemsOf,
  promoteTo,
  registered,
  rollBack,
  run,
  stands,
  watched,
} from './running.fixture.ts';

const policyWith = (gates: string): string =>
  `models: { ${MODEL}: { gates: [${gates}] } }\nenvironments: { live: { stage: Production } }\n`;
const POLICY = policyWith('accuracy >= 0.8');
const NEXT = { environment: 'live', version: 'v1.1.0' };
const ofRun = (id: string) =>
  asActor('ann', {
    run: { server: 'https://github.com', repository: 'acme/models', id, attempt: '1' },
  });

/** All of a registry that anybody could see. */
async function everything(address: string): Promise<unknown> {
  const registry = await looking(address);
  const models = await Array.fromAsync(registry.models({}));
  const versions = models.map(({ name }) =>
    Array.fromAsync(registry.versions({ model: name, order: 'oldest' })),
  );
  return [models, await Promise.all(versions), (await registry.model(MODEL))?.aliases];
}

describe('a dry run', () => {
  test('writes nothing, makes no ledger, and says what would move', async () => {
    const address = await registered([], POLICY);
    const registry = await looking(address);
    await registry.createModel({ name: MODEL });
    const { id, artifactUri } = await registry.createRun({ experimentId: '0' });
    const metrics = [{ key: 'accuracy', value: 0.9, step: 0, timestamp: 1 }];
    await registry.log(id, { metrics });
    await registry.createVersion({ model: MODEL, source: `${artifactUri}/m`, runId: id });
    const before = await everything(address);
    const asked = new Set<string>();
    const openRegistry = watched(address, { before: (name) => void asked.add(name) });
    const given = { environment: 'live', version: '1', 'dry-run': 'true' };
    const { result, outputs } = await run(address, given, { openRegistry });
    expect(result).toBe('done');
    expect(outputs).toMatchObject({ outcome: 'planned', from: '', to: '1', record: '' });
    expect(await everything(address)).toEqual(before);
    expect([...asked].filter((name) => /^(create|set|tag|move|write|delete)/.test(name))).toEqual(
      [],
    );
    const real = await run(address, { ...given, 'dry-run': 'false' });
    expect(real.outputs['promotion-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  test('that would be refused is refused', async () => {
    const address = await registered([0.8, 0.5], POLICY);
    const { result, outputs } = await run(address, { ...NEXT, 'dry-run': 'true' });
    expect([result, outputs.outcome]).toEqual(['refused', 'refused']);
  });

  test('of a world that changes at every look is a conflict, not what the last look saw', async () => {
    const address = await registered([0.8, 0.9], POLICY);
    await promoteTo(address, 'v1.0.0', 'live');
    const hand = await looking(address);
    let looks = 0;
    const openRegistry = watched(address, {
      after: async (name, [asked]) => {
        if (name !== 'versions' || (asked as { model?: string }).model !== MODEL) return;
        await hand.tagVersion(MODEL, '1', 'looked.at', String(++looks));
      },
    });
    const ports = { openRegistry };
    const problems = await problemsOf(run(address, { ...NEXT, 'dry-run': 'true' }, ports));
    expect(problems).toMatch(/^conflict: "gpt-custom" is being moved or changed all the time/);
    expect(looks).toBe(6);
  });

  test('of what is there is unchanged', async () => {
    const address = await registered([0.8, 0.9], POLICY);
    await promoteTo(address, 'v1.1.0', 'live');
    const { outputs } = await run(address, { ...NEXT, 'dry-run': 'true' });
    expect(outputs.outcome).toBe('unchanged');
  });
});

describe('a plan that an earlier job wrote', () => {
  async function planned(ports = {}) {
    const address = await registered([0.8, 0.9], POLICY);
    await promoteTo(address, 'v1.0.0', 'live');
    const before = await everything(address);
    const given = { ...NEXT, 'dry-run': 'true', 'plan-file': 'plan.json' };
    const { outputs } = await run(address, given, ports);
    expect(outputs.outcome).toBe('planned');
    expect(await everything(address)).toEqual(before);
    return address;
  }
  const PLAN = { ...NEXT, plan: 'plan.json' };

  test('is carried out where planning anew gives the same', async () => {
    const address = await planned();
    expect((await run(address, { ...PLAN, 'dry-run': 'true' })).outputs.outcome).toBe('planned');
    const { outputs } = await run(address, PLAN);
    expect(outputs).toMatchObject({ outcome: 'promoted', from: '1', to: '2' });
    const written = JSON.parse(await readFile('plan.json', 'utf8'));
    const last = (await historyOf(address, 'live')).at(-1);
    expect(last?.record?.['plan']).toBe(written.digest);
    expect(outputs['promotion-id']).toBe(written.plan.id);
    expect((await run(address, PLAN)).outputs.outcome).toBe('unchanged');
  });

  const edited = async (text: (plan: string) => string): Promise<void> =>
    writeFile('plan.json', text(await readFile('plan.json', 'utf8')));

  test.each<[string, (address: string) => Promise<unknown>, Record<string, string>]>([
    ['the gates are others', () => writeFile('passmuster.yaml', policyWith('accuracy >= 0.7')), {}],
    ['the step has another gate', async () => {}, { gates: 'accuracy > 0.1' }],
    [
      'the metrics are others',
      async (address) => {
        const registry = await looking(address);
        const version = await registry.version(MODEL, '2');
        const metrics = [{ key: 'accuracy', value: 0.99, step: 1, timestamp: 2 }];
        await registry.log(version?.runId ?? '', { metrics });
      },
      {},
    ],
    [
      'another was promoted meanwhile',
      async (address) => {
        await more(address, [0.85], 2);
        await run(address, { environment: 'live', version: 'v1.2.0' });
        await rollBack(address, 'live', '1');
      },
      {},
    ],
    ['it is about another version', (address) => more(address, [0.9], 2), { version: 'v1.2.0' }],
    ['its digest was edited', () => edited((plan) => plan.replace(/"sha256:\w/, '"sha256:x')), {}],
    [
      'its digest is endless',
      () => edited((plan) => plan.replace(/"sha256:\w/, `"${'<b>\\u001b'.repeat(1000)}`)),
      {},
    ],
  ])('is refused where %s, and nothing moves', async (_, change, given) => {
    const address = await planned();
    await change(address);
    const before = await everything(address);
    const problems = await problemsOf(run(address, { ...PLAN, ...given }));
    expect(problems).toMatch(/^conflict: Planned anew, this is another plan/);
    expect(problems.length).toBeLessThan(1_000);
    expect(problems).not.toContain('\u001b');
    expect(await everything(address)).toEqual(before);
  });

  test('steps and verdicts in it count for nothing: only its digest is held against ours', async () => {
    const address = await planned();
    await edited((text) => {
      const plan = JSON.parse(text);
      const steps = [{ kind: 'alias', place: 'evil', before: '', after: '1' }];
      return JSON.stringify({ ...plan, plan: { ...plan.plan, steps, verdict: 'pass' } });
    });
    expect((await run(address, PLAN)).outputs.outcome).toBe('promoted');
    expect(await stands(address)).toEqual({ live: '2', Production: '2', Archived: '1' });
  });

  test('of a version that does not pass any more is a refusal', async () => {
    const address = await planned();
    await writeFile('passmuster.yaml', policyWith('accuracy >= 0.95'));
    const { result, outputs } = await run(address, PLAN);
    expect([result, outputs.outcome]).toEqual(['refused', 'refused']);
  });

  test('that another run wrote is refused', async () => {
    const address = await planned(ofRun('7'));
    const before = await everything(address);
    const problems = await problemsOf(run(address, PLAN, ofRun('8')));
    expect(problems).toMatch(
      /^input: `plan`: "plan\.json" was written by run 7, and this is run 8\./,
    );
    expect(await problemsOf(run(address, PLAN))).toMatch(/^input: .*, and this is no run of a/);
    expect(await everything(address)).toEqual(before);
    expect((await run(address, PLAN, ofRun('7'))).outputs.outcome).toBe('promoted');
  });

  test('is refused together with the wish to write one', async () => {
    const given = { ...PLAN, 'plan-file': 'other.json' };
    const address = await registered([], POLICY);
    const problems = await problemsOf(run(address, given, { openRegistry: noRegistry }));
    expect(problems).toMatch(/^input: `plan-file` and `plan` are both given/);
  });
});

describe('what is no plan is the caller’s mistake, before anybody is asked', () => {
  const PLAN = { ...NEXT, plan: 'plan.json' };

  test.each<[string, string | undefined]>([
    ['nothing', undefined],
    ['an empty file', ''],
    ['no JSON', 'steps: []'],
    ['a list', '[]'],
    ['another format', '{"format": "passmuster.plan/2", "digest": "sha256:0"}'],
    ['no digest', '{"format": "passmuster.plan/1"}'],
    ['a digest that is a list', '{"format": "passmuster.plan/1", "digest": ["a"]}'],
    ['a format from a prototype', '{"__proto__": {"format": "passmuster.plan/1", "digest": "a"}}'],
    ['a key twice', '{"format": "passmuster.plan/1", "format": "x", "digest": "a"}'],
    ['no UTF-8', '\ud800'],
    ['depth', '['.repeat(100_000)],
    ['two megabytes', `{"format": "passmuster.plan/1", "x": "${'x'.repeat(2e6)}"}`],
  ])('%s', async (_, content) => {
    const address = await registered([], POLICY);
    if (content !== undefined) await writeFile('plan.json', content);
    const problems = await problemsOf(run(address, PLAN, { openRegistry: noRegistry }));
    expect(problems).toMatch(/^input: /);
    expect(problems.length).toBeLessThan(2_000);
  });

  test('whatever it is, nothing of it moves anything', async () => {
    const address = await registered([0.8, 0.9], POLICY);
    const before = await everything(address);
    const registry = await openRegistry(address);
    const open = async () => ({ ...registry, close: async () => {} });
    const plans = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record({
          format: fc.constant('passmuster.plan/1'),
          digest: fc.oneof(fc.string(), fc.jsonValue()),
          run: fc.oneof(fc.string(), fc.jsonValue()),
          plan: fc.jsonValue(),
        })
        .map((plan) => JSON.stringify(plan)),
    );
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        await writeFile('plan.json', plan);
        const problems = await problemsOf(run(address, PLAN, { openRegistry: open }));
        expect(problems).toMatch(/^(?:input|conflict): /);
      }),
      rounds(300),
    );
    await registry.close();
    expect(await everything(address)).toEqual(before);
  });
});
