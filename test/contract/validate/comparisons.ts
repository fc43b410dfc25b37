import type { DatasetInput } from '@passmuster/core/registry/entities.ts';
import { expect, test } from 'vitest';
import type { Subject } from './opened.ts';
import { dataset, judged, metricsOf, newModel, trained, versionOf } from './trained.ts';

type Datasets = readonly DatasetInput[];

const [SAME, OTHER] = [dataset('held-out', 'abc123'), dataset('held-out', 'def456')];

export function comparisonContract(subject: Subject): void {
  test.each<[string, Datasets, Datasets, string, string]>([
    ['the same data', [SAME], [SAME], 'pass', ''],
    [
      'data of another digest under the same name',
      [SAME],
      [OTHER],
      'inconclusive',
      'the digest of the data differs: def456 for the candidate, abc123 for the champion',
    ],
    [
      'other training data beside the same test data',
      [SAME, dataset('train', '111', 'training')],
      [SAME, dataset('train', '222', 'training')],
      'pass',
      '',
    ],
  ])('%s', async (_, champions, candidates, verdict, says) => {
    const opened = subject();
    const model = await newModel(opened);
    for (const datasets of [champions, candidates]) {
      const metrics = metricsOf({ accuracy: 0.9 });
      await versionOf(opened, model, await trained(opened, { metrics, datasets }));
    }
    const found = await judged(opened, {
      model,
      version: '2',
      champion: '1',
      comparable: 'required',
      gates: 'accuracy >= champion',
    });
    expect(found.verdict, found.why).toBe(verdict);
    expect(found.why.replaceAll('`', '')).toContain(says);
  });

  test.each<[string, Datasets, string]>([
    ['none on one side', [], 'no data is named for the candidate'],
    ['two for evaluation, of which either may be meant', [SAME, OTHER], 'the candidate'],
    ['only training data', [dataset('held-out', 'abc123', 'training')], 'the candidate'],
  ])('%s is not proven, which only blocks where proof is asked for', async (_, datasets, says) => {
    const opened = subject();
    const model = await newModel(opened);
    for (const of of [[SAME], datasets]) {
      const metrics = metricsOf({ accuracy: 0.9 });
      await versionOf(opened, model, await trained(opened, { metrics, datasets: of }));
    }
    const asked = { model, version: '2', champion: '1', gates: 'accuracy >= champion' };
    const found = await judged(opened, asked);
    expect(found.verdict, found.why).toBe('pass');
    expect(found.report.gates[0]?.not_proven).toContain(says);
    const strict = await judged(opened, { ...asked, comparable: 'required' });
    expect(strict.verdict).toBe('inconclusive');
    expect(strict.why).toContain(says);
  });
}
