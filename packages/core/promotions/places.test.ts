import { expect, test } from 'vitest';
import { CONFIGMAP, RESTART } from '../cluster/steps.ts';
import type { Places } from './carry-out.ts';
import { bothPlaces } from './places.ts';
import type { Step } from './step.ts';

const CALL = { signal: new AbortController().signal };
const step = (kind: string, place: string): Step => ({ kind, place, before: 'b', after: 'a' });

function world(name: string, asked: string[]): Places {
  return {
    async read(steps) {
      asked.push(`${name} ${steps.map(({ place }) => place).join(' ')}`);
      return steps.map(({ place }) => `${name}:${place}`);
    },
    write: async ({ place }, way) => void asked.push(`${name} ${place} ${way}`),
  };
}

const STEPS = [
  step('alias', 'champion'),
  step(CONFIGMAP, 'ml/versions'),
  step('stage', 'Production'),
  step(RESTART, 'ml/Deployment/api'),
];

test('each place is read and written where it is, and values come in the order of the steps', async () => {
  const asked: string[] = [];
  const places = bothPlaces(world('registry', asked), world('cluster', asked));
  expect(await places.read(STEPS, CALL)).toEqual([
    'registry:champion',
    'cluster:ml/versions',
    'registry:Production',
    'cluster:ml/Deployment/api',
  ]);
  for (const one of STEPS) await places.write(one, 'back', CALL);
  expect(asked.toSorted()).toEqual(
    [
      'registry champion Production',
      'cluster ml/versions ml/Deployment/api',
      'registry champion back',
      'cluster ml/versions back',
      'registry Production back',
      'cluster ml/Deployment/api back',
    ].toSorted(),
  );
});

test('nobody is asked for nothing', async () => {
  const asked: string[] = [];
  const places = bothPlaces(world('registry', asked), world('cluster', asked));
  await places.read([step(CONFIGMAP, 'ml/versions')], CALL);
  await places.read([step('alias', 'champion')], CALL);
  expect(asked).toEqual(['cluster ml/versions', 'registry champion']);
});
