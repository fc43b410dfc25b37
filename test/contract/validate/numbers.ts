import { expect, test } from 'vitest';
import type { Subject } from './opened.ts';
import { evidenceFor, judged, metric, metricsOf, newModel, trained, versionOf } from './trained.ts';

export function numberContract(subject: Subject): void {
  test.each([
    [Number.NaN, 'odd of the candidate is NaN'],
    [Number.POSITIVE_INFINITY, 'odd of the candidate is infinite'],
    [Number.NEGATIVE_INFINITY, 'odd of the candidate is infinite'],
  ])('%s is neither good nor bad enough', async (value, says) => {
    const opened = subject();
    const model = await newModel(opened);
    const made = await trained(opened, { metrics: metricsOf({ odd: value, fine: 1 }) });
    await versionOf(opened, model, made);
    for (const gate of ['odd >= 0.5', 'odd <= 0.5', 'odd != 0.5', 'max(odd, fine) >= 0']) {
      const gates = `${gate}\nfine >= 1`;
      const found = await judged(opened, { model, version: '1', gates });
      const { verdict, why, result, failed } = found;
      expect({ verdict, result, failed }, gate).toEqual({
        verdict: 'inconclusive',
        result: 'refused',
        failed: '',
      });
      expect(why.replaceAll('`', '')).toContain(says);
      const [entry, ...more] = evidenceFor(found, 'odd');
      expect(entry).toMatchObject({ not_a_number: String(value) });
      expect([entry?.value, ...more]).toEqual([undefined]);
    }
  });

  test('infinity on the side of the champion is inconclusive, too', async () => {
    const opened = subject();
    const model = await newModel(opened);
    for (const accuracy of [Number.NEGATIVE_INFINITY, 0.9]) {
      await versionOf(opened, model, await trained(opened, { metrics: metricsOf({ accuracy }) }));
    }
    const gates = 'accuracy >= champion';
    const { verdict, why } = await judged(opened, { model, version: '2', champion: '1', gates });
    expect(verdict).toBe('inconclusive');
    expect(why.replaceAll('`', '')).toContain('accuracy of the champion is infinite');
  });

  test('more than 1,000 metrics in one run', async () => {
    const opened = subject();
    const many = Array.from({ length: 1_203 }, (_, index) => metric(`m${index}`, index));
    const model = await newModel(opened);
    await versionOf(opened, model, await trained(opened, { metrics: many }));
    const gates = ['m0 == 0', 'm1000 == 1000', 'm1202 >= 1202', 'm1203 >= 0'].join('\n');
    const found = await judged(opened, { model, version: '1', gates });
    expect(found.gates).toEqual({
      'm0 == 0': 'pass',
      'm1000 == 1000': 'pass',
      'm1202 >= 1202': 'pass',
      'm1203 >= 0': 'inconclusive',
    });
    expect(found.report.evidence).toHaveLength(1_203);
    expect(found.page).toContain('1,203 metrics');
  });

  test('a name with slashes, and one that would reach into an object', async () => {
    const opened = subject();
    const model = await newModel(opened);
    const values = JSON.parse('{"toxicity/v1/mean": 0.02, "__proto__": 3}');
    await versionOf(opened, model, await trained(opened, { metrics: metricsOf(values) }));
    const gates = ['metrics["toxicity/v1/mean"] <= 0.05', 'metrics["__proto__"] == 3'].join('\n');
    const found = await judged(opened, { model, version: '1', gates });
    expect(found.verdict, found.why).toBe('pass');
    expect(evidenceFor(found, 'toxicity/v1/mean')).toMatchObject([{ value: 0.02, bound: true }]);
  });

  test('the last step counts, not the best one, nor what was logged last', async () => {
    const opened = subject();
    const metrics = [
      metric('loss', 2, 1, 10),
      metric('loss', 0.1, 2, 20),
      metric('loss', 0.5, 3, 30),
      // Somebody logs an early step once more, long after.
      metric('loss', 0.2, 1, 99),
    ];
    const model = await newModel(opened);
    await versionOf(opened, model, await trained(opened, { metrics }));
    const found = await judged(opened, { model, version: '1', gates: 'loss <= 0.2' });
    expect(found.verdict).toBe('fail');
    expect(found.report.gates).toMatchObject([{ value: 0.5, used: [{ origin: { step: 3 } }] }]);
  });

  test('a version without a run has no metrics, and is told that', async () => {
    const opened = subject();
    const model = await newModel(opened);
    await opened.registry.createVersion({ model, source: 's3://bucket/model' });
    const found = await judged(opened, { model, version: '1', gates: 'accuracy >= 0' });
    expect(found.verdict).toBe('inconclusive');
    expect(found.why).toContain('no metric was found at all');
  });
}
