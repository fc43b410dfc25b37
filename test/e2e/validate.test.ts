import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { GITHUB_TOKEN, judge } from './judging-job.ts';
import { trainInto } from './registered-models.ts';
import { startRegistry, startWitness } from './surrounding-services.ts';

const TOKEN = 'registry-token-s3cret';
const env = { MLFLOW_TRACKING_TOKEN: TOKEN };

const LIVE = { accuracy: 0.81, latency_p95_ms: 41 };
const BETTER = { accuracy: 0.84, latency_p95_ms: 47 };

const WORKFLOW = `on: push
jobs:
  gate:
    steps:
      - uses: passmuster/passmuster/actions/validate@v1
        with:
          model: gpt-custom
          version: 2
          gates: |
            accuracy >= 0.9   # what marketing says
            warn: latency_p95_ms <= champion * 1.1
`;
const GATES = 'accuracy >= 0.9   # what marketing says\nwarn: latency_p95_ms <= champion * 1.1\n';

/** Number 1 is live, number 2 is to be judged, by a policy that names their registry. */
async function trained(gates: string) {
  const registry = await startRegistry(TOKEN);
  await trainInto(registry, TOKEN, [LIVE, BETTER], { production: '1' });
  const policy = [
    `registry: ${registry}`,
    'models:',
    '  gpt-custom:',
    '    gates:',
    `      - ${gates}`,
    'environments: { production: {} }',
    '',
  ].join('\n');
  const files = { 'passmuster.yaml': policy, '.github/workflows/gate.yml': WORKFLOW };
  return { registry, policy, files };
}

const asked = { model: 'gpt-custom', version: '2', environment: 'production' };

test('a step that passes', async () => {
  const { registry, policy, files } = await trained('accuracy >= champion - 0.01');
  const step = await judge({ policy, files, inputs: asked, env });
  expect(step).toMatchObject({ code: 0, errors: '' });
  expect(step.log).toMatch(/^│ PASS gpt-custom number 2 for production: 1 of 1 gate passes$/m);
  expect(step.log).not.toMatch(/^::(error|warning|notice)/m);
  expect(step.summary).toMatch(/^### ✅ \*\*PASS\*\* `gpt-custom` number `2`/);
  expect(step.summary).toContain('default branch of');
  expect(Object.keys(step.outputs)).toEqual([
    ...['verdict', 'version', 'semantic-version', 'champion', 'failed', 'report'],
  ]);
  expect(step.outputs).toMatchObject({
    ...{ verdict: 'pass', version: '2', 'semantic-version': '', champion: '1', failed: '' },
  });
  expect(JSON.parse(step.outputs['report'] ?? '')).toMatchObject({
    ...{ verdict: 'pass', in_force: true, policy: 'default-branch', registry },
    gates: [{ gate: 'accuracy >= champion - 0.01', value: 0.84, bound: 0.8, line: 5 }],
  });
});

test('a step that fails says on which line, by how much, and that first', async () => {
  const { policy, files } = await trained('accuracy >= 0.85');
  const step = await judge({ policy, files, inputs: { ...asked, gates: GATES }, env });
  expect(step.code).toBe(1);
  expect(step.outputs).toMatchObject({
    verdict: 'fail',
    failed: 'accuracy >= 0.85\naccuracy >= 0.9',
  });
  const annotations = step.log.split('\n').filter((line) => /^::(error|warning|notice)/.test(line));
  const title = 'title=passmuster validate';
  expect(annotations).toEqual([
    `::error ${title},file=passmuster.yaml,line=5,col=9::accuracy >= 0.85 does not hold: 0.84 is 0.01 below 0.85.`,
    `::error ${title},file=.github/workflows/gate.yml,line=10,col=13::accuracy >= 0.9 does not hold: 0.84 is 0.06 below 0.9.`,
    `::warning ${title},file=.github/workflows/gate.yml,line=11,col=19::latency_p95_ms <= champion * 1.1 does not hold: 47 is 1.9 above 45.1.`,
  ]);
  const html = micromark(step.summary, {
    ...{ extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true },
  });
  expect(html).toMatch(/^<h3>❌ <strong>FAIL<\/strong> <code>gpt-custom<\/code> number/);
  const [, firstTable = ''] = /<tbody>(.*?)<\/tbody>/s.exec(html) ?? [];
  const cells = Array.from(firstTable.matchAll(/<td>(.*?)<\/td>/g), ([, cell]) => cell);
  expect(cells).toEqual([
    ...['FAIL', '<code>accuracy &gt;= 0.85</code>', '0.84', '0.85', '−0.01'],
    ...['FAIL', '<code>accuracy &gt;= 0.9</code>', '0.84', '0.9', '−0.06'],
    ...['warning', '<code>warn: latency_p95_ms &lt;= champion * 1.1</code>', '47', '45.1', '−1.9'],
  ]);
  expect(html).toContain('<td>+0.03 ↑ better</td>');
  expect(html).toContain('<td>+6 ↑ worse</td>');
});

test('without any gate it warns, shows what there is, proposes gates, and goes on', async () => {
  const { registry } = await trained('accuracy >= 0');
  const inputs = { model: 'gpt-custom', version: '2' };
  const job = { files: {}, inputs, env: { ...env, MLFLOW_TRACKING_URI: registry } };
  const step = await judge(job);
  expect(step).toMatchObject({ code: 0, outputs: { verdict: 'inconclusive', failed: '' } });
  expect(step.log).toMatch(/^::warning title=passmuster validate::.*there is no gate/m);
  expect(step.log).not.toMatch(/^::error/m);
  expect(step.summary).toMatch(/^### ❔ \*\*INCONCLUSIVE\*\*.*\n\nThe job goes on/);
  expect(step.summary).toContain('```\naccuracy >= 0.84\nlatency_p95_ms <= 47\n```');
  const strict = await judge({ ...job, inputs: { ...inputs, 'on-inconclusive': 'fail' } });
  expect(strict.code).toBe(1);
  expect(strict.log).toMatch(/^::error .*there is no gate/m);
});

test('an inconclusive verdict fails the job, unless it is to warn', async () => {
  const { policy, files } = await trained('f1 >= 0.5');
  const step = await judge({ policy, files, inputs: asked, env });
  expect(step).toMatchObject({ code: 1, outputs: { verdict: 'inconclusive', failed: '' } });
  const why = 'The candidate has no metric `f1`: there are `accuracy`, `latency_p95_ms`.';
  expect(step.log).toContain(`line=5,col=9::f1 >= 0.5 is inconclusive: ${why}`);
  const inputs = { ...asked, 'on-inconclusive': 'warn' };
  const lenient = await judge({ policy, files, inputs, env });
  expect(lenient).toMatchObject({ code: 0, outputs: { verdict: 'inconclusive' } });
  expect(lenient.log).toMatch(/^::warning .*line=5,col=9::f1 >= 0.5 is inconclusive/m);
  expect(lenient.log).not.toMatch(/^::error/m);
});

test('what is wrong with gates and inputs is said at once, and nobody is asked', async () => {
  const { address, asked: requests } = await startWitness();
  const gates = 'accuracy = 0.9\nloss <= champion\nloss < 85%';
  const step = await judge({
    files: { '.github/workflows/gate.yml': WORKFLOW },
    inputs: { model: 'gpt-custom', version: '2', gates },
    env: { ...env, MLFLOW_TRACKING_URI: address },
  });
  expect(step).toMatchObject({ code: 2, outputs: {} });
  expect(step.log.match(/^::error/gm)).toHaveLength(3);
  expect(step.log).toMatch(/^::error .*`loss <= champion` compares.*`environment`.*`champion`/m);
  expect(step.log).toMatch(/^│ {3}accuracy = 0\.9\n│ {12}\^$/m);
  const elsewhere = { model: 'gpt-custom', version: '2', environment: 'europe' };
  const policy = 'environments: { production: {} }\n';
  const unknown = await judge({ policy, files: {}, inputs: elsewhere, env });
  expect(unknown.code).toBe(2);
  expect(unknown.log).toContain(
    'which is no environment in passmuster.yaml. There is `production`.',
  );
  const misspelt = await judge({ files: {}, inputs: { modle: 'gpt-custom' }, env });
  expect(misspelt.code).toBe(2);
  expect(misspelt.log).toContain('Did you mean `model`?');
  expect(requests).toEqual([]);
});

test('what is secret is masked before anything is printed, and never printed', async () => {
  const { policy, files } = await trained('accuracy >= 0.8');
  const step = await judge({ policy, files, inputs: asked, env });
  const masks = step.log.matchAll(/^::add-mask::(.*)$/gm);
  const masked = Array.from(masks, ([, secret]) => secret);
  expect(masked).toEqual(expect.arrayContaining([TOKEN, GITHUB_TOKEN]));
  const shown = step.log.replaceAll(/^::add-mask::.*$/gm, '');
  const everywhere = [shown, step.errors, step.summary, ...Object.values(step.outputs)].join('\n');
  expect(everywhere).not.toContain('s3cret');
  expect(step.log.indexOf(`::add-mask::${TOKEN}`)).toBeLessThan(step.log.indexOf('│'));

  const denied = { ...env, MLFLOW_TRACKING_TOKEN: 'wrong-token-s3cret' };
  const refused = await judge({ policy, files, inputs: asked, env: denied });
  expect(refused.code).toBe(4);
  expect(refused.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('s3cret');
});
