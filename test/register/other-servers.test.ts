import { servingGitlab } from '@passmuster/registry/mlflow/gitlab.fixture.ts';
import { expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';
import { run as verify } from '../verify/running.fixture.ts';
import { run } from './running.fixture.ts';

test('a server without search for versions gets no `register`, and is told nothing to write', async () => {
  const { registry, asked } = await servingGitlab();
  const path = await folderWith({ 'model.safetensors': 'weights' });
  const registering = run(
    '',
    { model: 'm', path, version: 'v1.0.0' },
    {
      openRegistry: async () => registry,
    },
  );
  await expect(registering).rejects.toMatchObject({
    problems: [{ message: expect.stringContaining('search for versions') }],
  });
  expect(
    asked.filter(({ method, json }) => method !== 'GET' && Object.keys(json).length > 0),
  ).toEqual([]);
});

test('nor does `verify` find there what was sealed', async () => {
  const { registry } = await servingGitlab();
  const path = await folderWith({ 'model.safetensors': 'weights' });
  const looking = verify(path, { model: 'm', version: 'v1.0.0' }, undefined, async () => registry);
  await expect(looking).rejects.toThrow('cannot look for a version by its tags');
});
