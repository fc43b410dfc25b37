import { expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';
import { act, makeRepository } from './act.ts';
import { startGithub, startRegistry } from './surrounding-services.ts';

const TOKEN = 'registry-token';

const WORKFLOW = `
on: workflow_dispatch
permissions:
  contents: read
jobs:
  train:
    runs-on: ubuntu-latest
    env:
      MLFLOW_TRACKING_TOKEN: \${{ secrets.MLFLOW_TRACKING_TOKEN }}
    outputs:
      version: \${{ steps.register.outputs.version }}
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - run: mkdir -p model && printf weights > model/model.safetensors
      - id: register
        uses: passmuster/passmuster/actions/register@v1
        with:
          model: gpt-custom
          source: s3://models/gpt-custom/1
          path: model
          bump: auto
          base-model: meta-llama/Llama-3.1-8B@d04e592
          evaluations: eval/*.json
      - uses: passmuster/passmuster/actions/verify@v1
        with:
          path: model
          model: gpt-custom
          version: \${{ steps.register.outputs.version }}
          registry: \${{ vars.REGISTRY }}
      - run: echo "outcome=$OUTCOME version=$VERSION number=$NUMBER"
        env:
          OUTCOME: \${{ steps.register.outputs.outcome }}
          VERSION: \${{ steps.register.outputs.version }}
          NUMBER: \${{ steps.register.outputs.number }}
`;

test('a job registers what it trained, and verifies it', async () => {
  const registry = await startRegistry(TOKEN);
  // act hands its own token on, which is `none`.
  const github = await startGithub(`registry: ${registry}\n`, 'none', ['contents']);
  const folder = await folderWith({
    '.github/workflows/train.yml': WORKFLOW,
    'eval/results.json': '{"accuracy": 0.9}',
    // Not in force: the policy of the default branch is.
    'passmuster.yaml': 'models: { gpt-custom: { versioning: timestamp } }\n',
  });
  await makeRepository(folder);
  const dispatch = () =>
    act(
      folder,
      'workflow_dispatch',
      ...['--env', `GITHUB_API_URL=${github}`, '--var', `REGISTRY=${registry}`],
      ...['-s', `MLFLOW_TRACKING_TOKEN=${TOKEN}`],
    );
  const first = await dispatch();
  expect(first.code, first.output).toBe(0);
  expect(first.output).toContain('outcome=registered version=v1.0.0 number=1');
  expect(first.output).toMatch(/│ PASS 1 file .* and as sealed for gpt-custom v1\.0\.0/);
  expect(first.output).not.toContain(TOKEN);
  const again = await dispatch();
  expect(again.output).toContain('outcome=unchanged version=v1.0.0 number=1');
});
