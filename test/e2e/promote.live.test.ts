import { access } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';
import { act, makeRepository } from './act.ts';
import { stands, trainInto } from './registered-models.ts';
import { startGithub, startRegistry } from './surrounding-services.ts';

const TOKEN = 'registry-token';

/** As a person starts it from the page of the workflow. */
const WORKFLOW = `
on:
  workflow_dispatch:
    inputs:
      model_version:
        required: true
      target_stage:
        type: choice
        options: [staging, production]
        required: true
permissions:
  contents: read
jobs:
  promote:
    runs-on: ubuntu-latest
    env:
      MLFLOW_TRACKING_TOKEN: \${{ secrets.MLFLOW_TRACKING_TOKEN }}
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - id: promote
        uses: passmuster/passmuster/actions/promote@v1
        with:
          model: gpt-custom
          version: \${{ inputs.model_version }}
          environment: \${{ inputs.target_stage }}
          reason: started by hand
      - run: echo "outcome=$OUTCOME from=$FROM to=$TO record=$RECORD"
        if: always()
        env:
          OUTCOME: \${{ steps.promote.outputs.outcome }}
          FROM: \${{ steps.promote.outputs.from }}
          TO: \${{ steps.promote.outputs.to }}
          RECORD: \${{ steps.promote.outputs.record }}
`;

const policyWith = (registry: string): string => `registry: ${registry}
models:
  gpt-custom:
    gates:
      - accuracy >= 0.8
environments:
  staging: { stage: Staging }
  production: { after: staging, stage: Production, alias: champion }
`;

interface Choice {
  readonly model_version: string;
  readonly target_stage: string;
}

/** A repository whose default branch has a policy, and a registry with one version that is good enough and one that is not. */
async function team() {
  const registry = await startRegistry(TOKEN);
  await trainInto(registry, TOKEN, [{ accuracy: 0.84 }, { accuracy: 0.7 }]);
  const policy = policyWith(registry);
  const github = await startGithub(policy, 'none', ['contents']);
  const files = { '.github/workflows/promote.yml': WORKFLOW, 'passmuster.yaml': policy };
  const folder = await folderWith(files);
  await makeRepository(folder);
  const dispatch = async (inputs: Choice) => {
    const about = await folderWith({ 'event.json': JSON.stringify({ inputs }) });
    const ran = await act(
      folder,
      'workflow_dispatch',
      ...['-e', `${about}/event.json`, '--env', `GITHUB_API_URL=${github}`],
      ...['-s', `MLFLOW_TRACKING_TOKEN=${TOKEN}`],
    );
    expect(ran.output).not.toContain(TOKEN);
    return ran;
  };
  return { registry, folder, dispatch };
}

const errorsIn = (output: string): string[] =>
  Array.from(output.matchAll(/::error title=passmuster promote,?(.*)/g), ([, said = '']) => said);

test('a person chooses version and stage, and presses the same once more', async () => {
  const { registry, dispatch } = await team();
  const early = await dispatch({ model_version: '1', target_stage: 'production' });
  expect(early.code, early.output).not.toBe(0);
  expect(errorsIn(early.output)).toEqual([
    expect.stringMatching(/number 1 must have been live in staging before/),
  ]);
  const staging = await dispatch({ model_version: '1', target_stage: 'staging' });
  expect(staging.code, staging.output).toBe(0);
  expect(staging.output).toContain('outcome=promoted from= to=1 record=1');
  const production = await dispatch({ model_version: '1', target_stage: 'production' });
  expect(production.code, production.output).toBe(0);
  expect(production.output).toContain('outcome=promoted from= to=1 record=2');
  expect(production.output).toMatch(/│ PASS gpt-custom number 1 is in production now/);
  const again = await dispatch({ model_version: '1', target_stage: 'production' });
  expect(again.code, again.output).toBe(0);
  expect(again.output).toContain('outcome=unchanged from=1 to=1 record=2');
  expect(await stands(registry, TOKEN)).toEqual({ staging: '1', champion: '1', Production: '1' });
});

test('a gate refuses, on its line of the policy', async () => {
  const { registry, dispatch } = await team();
  const { code, output } = await dispatch({ model_version: '2', target_stage: 'staging' });
  expect(code, output).not.toBe(0);
  expect(errorsIn(output)[0]).toBe(
    'file=passmuster.yaml,line=5,col=9::accuracy >= 0.8 does not hold: 0.7 is 0.1 below 0.8.',
  );
  expect(output).toContain('outcome=refused from= to=2 record=');
  expect(output).toContain('Summary - ### ❌ **FAIL** `gpt-custom` number `2` does not move');
  expect(await stands(registry, TOKEN)).toEqual({});
});

const BREAKS = /must be one line of text, but holds a control character/;

/** What it is, and that it arrived as it is and is named in the one error. */
const HOSTILE: [what: string, text: string, named?: RegExp][] = [
  ['quotes', `"; touch hacked; '`],
  ['a command', '$(touch hacked)'],
  ['a backtick', '`touch hacked`'],
  ['a line break', '1\n::error::hacked\n::set-output name=outcome::promoted', BREAKS],
  ['an expression', `\${{ secrets.MLFLOW_TRACKING_TOKEN }}`],
];

describe('what nobody would choose on the page', () => {
  test.each(HOSTILE)('%s as version and as stage', async (_, text, named) => {
    const { registry, folder, dispatch } = await team();
    for (const choice of [
      { model_version: text, target_stage: 'staging' },
      { model_version: '1', target_stage: text },
    ]) {
      const { code, output } = await dispatch(choice);
      expect(code, output).not.toBe(0);
      const [said, ...more] = errorsIn(output);
      expect(more, output).toEqual([]);
      if (named) expect(said).toMatch(named);
      else expect(said).toContain(text);
      expect(output).not.toMatch(/^.*::error::hacked/m);
      expect(output).toContain('outcome= from= to= record=');
    }
    expect(await stands(registry, TOKEN)).toEqual({});
    await expect(access(`${folder}/hacked`)).rejects.toThrow();
  });
});
