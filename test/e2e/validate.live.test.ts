import { expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';
import { act, makeRepository } from './act.ts';
import { trainInto } from './registered-models.ts';
import { startGithub, startRegistry, startWitness } from './surrounding-services.ts';

const TOKEN = 'registry-token';

const WORKFLOW = `
on: pull_request
permissions:
  contents: read
jobs:
  gate:
    runs-on: ubuntu-latest
    env:
      MLFLOW_TRACKING_URI: \${{ vars.REGISTRY }}
      MLFLOW_TRACKING_TOKEN: \${{ secrets.MLFLOW_TRACKING_TOKEN }}
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - id: judged
        uses: passmuster/passmuster/actions/validate@v1
        with:
          model: gpt-custom
          version: 2
          environment: production
          gates: |
            accuracy >= 0.80
            latency_p95_ms <= champion * 1.1
      - run: echo "verdict=$VERDICT champion=$CHAMPION failed=$(echo "$FAILED" | tr '\\n' ';')"
        if: always()
        env:
          VERDICT: \${{ steps.judged.outputs.verdict }}
          CHAMPION: \${{ steps.judged.outputs.champion }}
          FAILED: \${{ steps.judged.outputs.failed }}
`;

/** As a fork has it: nothing secret, and files for what a registry would say. */
const FROM_FORK = WORKFLOW.replace('version: 2', 'evaluations: eval/results.json').replace(
  'environment: production',
  'champion-evaluations: eval/baseline.json',
);

const policyWith = (registry: string, accuracy: string) => `registry: ${registry}
models:
  gpt-custom:
    gates:
      # What customers were promised.
      - accuracy >= ${accuracy}
environments:
  production: {}
`;

const event = (from: string): string =>
  JSON.stringify({
    pull_request: {
      number: 5,
      base: { ref: 'main', sha: 'd'.repeat(40), repo: { full_name: 'acme/models' } },
      head: { ref: 'change', sha: 'e'.repeat(40), repo: { full_name: from } },
    },
  });

interface PullRequest {
  readonly base: string;
  readonly files: Readonly<Record<string, string>>;
  readonly from?: string;
  readonly args: readonly string[];
}

async function judged({ base, files, from = 'acme/models', args }: PullRequest) {
  const github = await startGithub(base, 'none', ['contents']);
  const folder = await folderWith({ '.github/workflows/gate.yml': WORKFLOW, ...files });
  await makeRepository(folder);
  const about = await folderWith({ 'event.json': event(from) });
  const variables = {
    GITHUB_API_URL: github,
    // act does not say it, and GitHub does.
    GITHUB_WORKFLOW_REF: 'acme/models/.github/workflows/gate.yml@refs/pull/5/merge',
  };
  const env = Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  return act(folder, 'pull_request', '-e', `${about}/event.json`, ...env, ...args);
}

async function trained(latency: number): Promise<string> {
  const registry = await startRegistry(TOKEN);
  const live = { accuracy: 0.81, latency_p95_ms: 41 };
  const next = { accuracy: 0.84, latency_p95_ms: latency };
  await trainInto(registry, TOKEN, [live, next], { production: '1' });
  return registry;
}

const secret = ['-s', `MLFLOW_TRACKING_TOKEN=${TOKEN}`];

/** What the runner took for annotations. */
const annotations = (output: string): string[] =>
  Array.from(
    output.matchAll(/::(error|warning|notice) title=passmuster validate,?(.*)/g),
    (found) => found.slice(1).join(' '),
  );

test('a pull request that must fail, on the lines of its gates', async () => {
  const base = policyWith(await trained(47), '0.85');
  const { code, output } = await judged({ base, files: { 'passmuster.yaml': base }, args: secret });
  expect(code, output).not.toBe(0);
  const line = WORKFLOW.split('\n').findIndex((text) => text.includes('latency_p95_ms')) + 1;
  expect(annotations(output)).toEqual([
    'error file=passmuster.yaml,line=6,col=9::accuracy >= 0.85 does not hold: 0.84 is 0.01 below 0.85.',
    `error file=.github/workflows/gate.yml,line=${line},col=13::latency_p95_ms <= champion * 1.1 does not hold: 47 is 1.9 above 45.1.`,
  ]);
  expect(output).toContain(
    'verdict=fail champion=1 failed=accuracy >= 0.85;latency_p95_ms <= champion * 1.1;',
  );
  expect(output).toContain('Summary - ### ❌ **FAIL** `gpt-custom` number `2` for `production`');
  expect(output).not.toContain(TOKEN);
  expect(output).toMatch(/Job failed/);
});

test('a pull request that passes', async () => {
  const base = policyWith(await trained(42), '0.83');
  const { code, output } = await judged({ base, files: { 'passmuster.yaml': base }, args: secret });
  expect(code, output).toBe(0);
  expect(output).toContain('│ PASS gpt-custom number 2 for production: all 3 gates pass');
  expect(annotations(output)).toEqual([]);
  expect(output).toContain('verdict=pass champion=1 failed=;');
  expect(output).toMatch(/Job succeeded/);
});

test('a pull request from a fork, which has no secrets and reaches no registry', async () => {
  const { address, asked } = await startWitness();
  const base = policyWith(address, '0.83');
  const files = {
    '.github/workflows/gate.yml': FROM_FORK,
    'passmuster.yaml': base,
    'eval/results.json': '{"accuracy": 0.84, "latency_p95_ms": 42}',
    'eval/baseline.json': '{"latency_p95_ms": 41}',
  };
  const args = ['--var', `REGISTRY=${address}`];
  const { code, output } = await judged({ base, files, from: 'mallory/models', args });
  expect(code, output).toBe(0);
  expect(output).toContain('│ PASS gpt-custom (files): all 3 gates pass');
  expect(output).toContain('verdict=pass champion= failed=;');
  expect(asked).toEqual([]);
});

test('a pull request that weakens its own gates, and is judged by those of the base', async () => {
  const base = policyWith(await trained(42), '0.85');
  const files = { 'passmuster.yaml': policyWith('http://127.0.0.1:9', '0.10') };
  const { code, output } = await judged({ base, files, args: secret });
  expect(code, output).not.toBe(0);
  expect(output).toContain('verdict=fail champion=1 failed=accuracy >= 0.85;');
  expect(output).toContain(
    '```diff\n@@ models.gpt-custom.gates @@\n- accuracy >= 0.85\n+ accuracy >= 0.10\n',
  );
  expect(annotations(output)).toEqual([
    expect.stringMatching(
      /^error file=passmuster\.yaml::accuracy >= 0\.85 \(.*takes out\) does not hold/,
    ),
  ]);
});
