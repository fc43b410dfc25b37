import { beforeAll, expect, test } from 'vitest';
import { run as register } from '../../register/running.fixture.ts';
import { freshName } from '../registry/port/opened.ts';
import type { Subject } from './opened.ts';
import { judged, metricsOf, trained } from './trained.ts';

export function selectorContract(subject: Subject): void {
  const model = freshName('selected');
  const runs: string[] = [];

  beforeAll(async () => {
    const { url, registry } = subject();
    for (const [index, version] of ['v1.1.0', 'v1.2.0', 'v1.3.0'].entries()) {
      const made = await trained(subject(), { metrics: metricsOf({ accuracy: index / 10 }) });
      runs.push(made.id);
      const source = `s3://models/${version}`;
      const { outputs } = await register(url, { model, version, source, 'run-id': made.id });
      expect(outputs).toMatchObject({ outcome: 'registered', number: `${index + 1}` });
    }
    await registry.setAlias(model, 'candidate', '2');
    await registry.moveToStage(model, '1', 'Staging', false);
  });

  test.each([
    ['v1.2.0', '2', 'v1.2.0'],
    ['semver:v1.1.0', '1', 'v1.1.0'],
    ['3', '3', 'v1.3.0'],
    ['number:2', '2', 'v1.2.0'],
    ['number:02', '2', 'v1.2.0'],
    ['@candidate', '2', 'v1.2.0'],
    ['Staging', '1', 'v1.1.0'],
    ['latest', '3', 'v1.3.0'],
  ])('%s', async (version, number, name) => {
    const found = await judged(subject(), { model, version, gates: 'accuracy >= 0.1' });
    expect(found).toMatchObject({ version: number, 'semantic-version': name });
    expect(found.report.candidate).toMatchObject({ number, name, run_id: runs[+number - 1] });
    expect(found.verdict).toBe(number === '1' ? 'fail' : 'pass');
  });

  test('run:<id>', async () => {
    const version = `run:${runs[1]}`;
    const found = await judged(subject(), { model, version, gates: 'accuracy >= 0.1' });
    expect(found).toMatchObject({ version: '2', verdict: 'pass' });
  });

  test('a name that only stands in a tag is none', async () => {
    const tags = new Map([['passmuster.version', 'v9.0.0']]);
    const { registry } = subject();
    await registry.createVersion({ model, source: 's3://models/other', tags });
    const asked = (version: string) => judged(subject(), { model, version, gates: 'accuracy > 0' });
    await expect(asked('v9.0.0')).rejects.toThrow('No version is proven to be `v9.0.0`');
    expect(await asked('latest')).toMatchObject({ version: '4', 'semantic-version': '' });
  });

  test.each([
    ['v3.0.0', 'has no version `v3.0.0`'],
    ['77', 'has no version `77`'],
    ['@nobody', 'has no version `@nobody`'],
    ['Production', 'has no version `Production`'],
  ])('%s is nothing', async (version, says) => {
    const asked = judged(subject(), { model, version, gates: 'accuracy >= 0' });
    await expect(asked).rejects.toThrow(says);
  });

  test('a model that is not there', async () => {
    const asked = judged(subject(), { model: 'nobody', version: '1', gates: 'accuracy >= 0' });
    await expect(asked).rejects.toThrow('There is no model `nobody`');
  });
}
