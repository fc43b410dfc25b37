import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadPolicy } from './load.ts';

test('the example in the guide is a good policy', async () => {
  const guide = await readFile(new URL('../../../docs/policy.md', import.meta.url), 'utf8');
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(guide) ?? [];
  const { models, environments } = loadPolicy(example, 'docs/policy.md');
  expect(models.get('gpt-custom')?.gates).toHaveLength(3);
  expect(environments.get('production')).toMatchObject({ after: 'staging', approvals: 2 });
});
