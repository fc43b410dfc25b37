import { expect, test } from 'vitest';
import { run as register } from '../../register/running.fixture.ts';
import { standingIn } from '../../validate/running.fixture.ts';
import { freshName } from '../registry/port/opened.ts';
import type { Opened, Subject } from './opened.ts';
import { byHand, evidenceFor, judged, metricsOf, newModel, trained, versionOf } from './trained.ts';

const GATE = { version: '1', gates: 'accuracy >= 0.5' };

const withAccuracy = (opened: Opened) => trained(opened, { metrics: metricsOf({ accuracy: 0.9 }) });

export function bindingContract(subject: Subject): void {
  test.each([
    ['below the artifacts of its run', (uri: string, _: string) => `${uri}/model`],
    ['named by its run', (_: string, id: string) => `runs:/${id}/model`],
  ])('a version whose source is %s is bound to it', async (_, sourceOf) => {
    const opened = subject();
    const model = await newModel(opened);
    const made = await withAccuracy(opened);
    await versionOf(opened, model, made, sourceOf(made.artifactUri, made.id));
    const found = await judged(opened, { model, ...GATE, evidence: 'bound' });
    expect(found.verdict, found.why).toBe('pass');
    expect(evidenceFor(found, 'accuracy')).toMatchObject([
      { value: 0.9, bound: true, origin: { kind: 'run', id: made.id } },
    ]);
  });

  test.each([
    ['from elsewhere', (_: string) => 's3://bucket/of/another/model'],
    ['only looks like that of the run', (id: string) => `s3://bucket/${id}/artifacts/model`],
  ])('a version whose source is %s is not', async (_, sourceOf) => {
    const opened = subject();
    const model = await newModel(opened);
    const made = await withAccuracy(opened);
    await versionOf(opened, model, made, sourceOf(made.id));
    const found = await judged(opened, { model, ...GATE });
    expect(found.verdict, 'it counts unless bound evidence is asked for').toBe('pass');
    const [entry] = evidenceFor(found, 'accuracy');
    expect(entry?.bound).toBe(false);
    expect(entry?.unbound_because).toContain('is not among the files of that run');
    const bound = await judged(opened, { model, ...GATE, evidence: 'bound' });
    expect(bound.verdict).toBe('inconclusive');
    expect(bound.why).toContain('is unbound');
  });

  test('of a deleted run it is said, and it is not bound', async () => {
    const opened = subject();
    const model = await newModel(opened);
    const made = await withAccuracy(opened);
    await versionOf(opened, model, made);
    await byHand(opened, 'POST', '/runs/delete', { run_id: made.id });
    const found = await judged(opened, { model, ...GATE });
    expect(found.verdict).toBe('pass');
    expect(found.report.remarks).toContain(`Run ${made.id} was deleted.`);
    const bound = await judged(opened, { model, ...GATE, evidence: 'bound' });
    expect(bound.verdict).toBe('inconclusive');
    expect(bound.why).toContain('is unbound: the run was deleted');
  });

  test('a run that is not there', async () => {
    const opened = subject();
    const model = await newModel(opened);
    const id = 'e'.repeat(32);
    await versionOf(opened, model, { id }, 's3://bucket/model');
    const found = await judged(opened, { model, ...GATE });
    expect(found.verdict).toBe('inconclusive');
    expect(found.report.remarks).toContain(`Its run ${id} is not there.`);
  });

  test('one that has not ended is said', async () => {
    const opened = subject();
    const model = await newModel(opened);
    const experimentId = await opened.registry.createExperiment(freshName('experiment'));
    const made = await opened.registry.createRun({ experimentId });
    await opened.registry.log(made.id, { metrics: metricsOf({ accuracy: 0.9 }) });
    await versionOf(opened, model, made);
    const found = await judged(opened, { model, ...GATE });
    expect(found.report.remarks).toContain(`Run ${made.id} is RUNNING, not FINISHED.`);
  });

  test('`register` seals a run and evaluations to a version, wherever its files are', async () => {
    const opened = subject();
    const model = freshName('sealed');
    const made = await withAccuracy(opened);
    const files = { 'eval.json': '{"mmlu": 0.62}', 'other.json': '{"f1": 0.5}' };
    await standingIn(files);
    const { outputs } = await register(opened.url, {
      model,
      version: 'v1.0.0',
      source: 's3://models/sealed',
      'run-id': made.id,
      evaluations: 'eval.json',
    });
    expect(outputs.outcome).toBe('registered');
    const found = await judged(opened, {
      model,
      version: 'v1.0.0',
      evidence: 'bound',
      evaluations: '*.json',
      gates: 'accuracy >= 0.9\nmmlu >= 0.6\nf1 >= 0.5',
    });
    expect(found.gates).toEqual({
      'accuracy >= 0.9': 'pass',
      'mmlu >= 0.6': 'pass',
      'f1 >= 0.5': 'inconclusive',
    });
    expect(found.why).toContain('its digest is not among those that `register` recorded');
  });
}
