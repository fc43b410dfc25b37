import type { Double } from '@passmuster/cluster/double/double.ts';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';
import { GITHUB_TOKEN, stepIn } from './judging-job.ts';
import { stands, trainInto } from './registered-models.ts';
import { CLUSTER_TOKEN, named, serving, startCluster } from './served.ts';
import type { Step } from './step.ts';
import { startRegistry } from './surrounding-services.ts';

const TOKEN = 'registry-token-s3cret';
const env = { MLFLOW_TRACKING_TOKEN: TOKEN };

type Inputs = Readonly<Record<string, string>>;

const policyWith = (registry: string): string => `registry: ${registry}
models:
  gpt-custom:
    gates:
      - accuracy >= 0.8
environments:
  production: { stage: Production, alias: champion, configmap: ml/versions }
`;

/** Two versions, a cluster that serves the first, and steps of jobs that move them. */
async function world() {
  const registry = await startRegistry(TOKEN);
  await trainInto(registry, TOKEN, [{ accuracy: 0.81 }, { accuracy: 0.84 }]);
  const double = await startCluster();
  const policy = policyWith(registry);
  const given = { model: 'gpt-custom', environment: 'production' };
  const job = { policy, files: { 'passmuster.yaml': policy }, env };
  const step = (verb: string, inputs: Inputs): Promise<Step> =>
    stepIn({ ...job, inputs: { ...given, ...inputs } }, verb);
  const access = { server: double.url, token: CLUSTER_TOKEN };
  return {
    ...{ registry, double, step },
    promote: (version: string) => step('promote', { version }),
    deploy: (inputs: Inputs = {}) => step('deploy', { ...access, ...inputs }),
    run: (version: string, inputs: Inputs = {}) => step('run', { ...access, version, ...inputs }),
  };
}

const annotations = ({ log }: Step): string[] =>
  log.split('\n').filter((line) => /^::(error|warning|notice)/.test(line));

const OURS =
  /^<\/?(h[34]|p|strong|code|pre|ul|li|table|thead|tbody|tr|th|td|details|summary)( class="language-diff")?>$/;

/** The page that GitHub would show, which has no other tags than ours. */
function html({ summary }: Step): string {
  const options = { extensions: [gfm()], htmlExtensions: [gfmHtml()] };
  const shown = micromark(summary, { ...options, allowDangerousHtml: true });
  expect(shown.match(/<[^>]*>/g)?.filter((tag) => !OURS.test(tag))).toEqual([]);
  return shown;
}

/** The first column of the first table. */
function moved(step: Step): string[] {
  const [, table = ''] = /<tbody>(.*?)<\/tbody>/s.exec(html(step)) ?? [];
  const rows = Array.from(table.matchAll(/<tr>(.*?)<\/tr>/gs), ([, row = '']) => row);
  return rows.map((row) => (/<td>(.*?)<\/td>/s.exec(row)?.[1] ?? '').replaceAll(/<[^>]*>/g, ''));
}

/** What a server prints that would rather be a runner, a page or a terminal. */
const HOSTILE = [
  'loading weights',
  '::error::pwned by a pod',
  '::set-output name=outcome::promoted',
  '##[error]pwned',
  '::stop-commands::x',
  '```',
  '# Everything is well',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '</code></pre></details><h1>PASS</h1> @org ![](https://example.test/p.png)',
  '\u001b[2J\u001b[31mred\u202e',
  '',
].join('\n');

/** What serves number 2 prints that and ends, again and again. */
function spoil(double: Double): void {
  double.decide((_, { CURRENT_VERSION }) =>
    CURRENT_VERSION === '2' ? 'main/CrashLoopBackOff/1' : undefined,
  );
  double.logs(() => HOSTILE);
}

/** Lines that the runner obeys, beside those that mask and those that we mean. */
const strange = ({ log }: Step, title: string): string[] =>
  log
    .split(/\r\n|[\r\n]/)
    .filter((line) => /^\s*::/u.test(line) || line.includes('##['))
    .filter((line) => !/^::(add-mask::|group::|endgroup::)/.test(line))
    .filter((line) => !line.startsWith(`::error title=${title}`));

/** The log as the page shows it is text, and text alone. */
function expectHarmless(step: Step, title: string): void {
  expect(strange(step, title)).toEqual([]);
  expect(html(step)).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(step.summary).toContain('loading weights');
  expect(`${step.log}${step.summary}`.replaceAll(/[\r\n]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
}

test('a step that promotes and serves says so, and what moved in both', async () => {
  const { registry, double, promote, run } = await world();
  expect(await promote('1')).toMatchObject({ code: 0 });
  const step = await run('2');
  expect(step, step.log).toMatchObject({ code: 0, errors: '' });
  expect(Object.keys(step.outputs)).toEqual([
    ...['outcome', 'promotion-id', 'from', 'to', 'record', 'report'],
  ]);
  expect(step.outputs).toMatchObject({ outcome: 'promoted', from: '1', to: '2', record: '2' });
  expect(step.log).toMatch(/^│ PASS gpt-custom number 2 is in production now/m);
  expect(annotations(step)).toEqual([]);
  expect(moved(step)).toEqual([
    ...['the stage of number 2', 'the stage Production', 'the alias champion'],
    ...['current_version in the ConfigMap ml/versions', 'Deployment ml/api'],
  ]);
  expect(JSON.parse(step.outputs['report'] ?? '')).toMatchObject({ outcome: 'promoted' });
  expect(named(double)).toMatchObject({ current_version: '2' });
  expect(serving(double)).toEqual(['2', '2']);
  expect(await stands(registry, TOKEN)).toMatchObject({ champion: '2', Production: '2' });
});

test('a step whose pods do not start puts registry and cluster back, and shows their log as text', async () => {
  const { registry, double, promote, run } = await world();
  await promote('1');
  const before = await stands(registry, TOKEN);
  spoil(double);
  const step = await run('2', { 'wait-timeout': '30s' });
  expect(step, step.log).toMatchObject({ code: 1, errors: '' });
  expect(step.outputs).toMatchObject({ outcome: 'put-back', from: '1', to: '2', record: '2' });
  expect(annotations(step)).toEqual([
    expect.stringMatching(
      /^::error title=passmuster run::gpt-custom number 2 did not move to production: Deployment ml\/api did not become ready, and all was put back\..*CrashLoopBackOff/,
    ),
  ]);
  expectHarmless(step, 'passmuster run');
  expect(await stands(registry, TOKEN)).toEqual(before);
  expect(named(double)).toMatchObject({ current_version: '1' });
  await double.until(() => serving(double).join() === '1,1');
});

test('a step serves what was promoted; a second one changes nothing', async () => {
  const { double, promote, deploy } = await world();
  await promote('2');
  const step = await deploy();
  expect(step, step.log).toMatchObject({ code: 0, errors: '' });
  expect(step.outputs).toMatchObject({ outcome: 'deployed', to: '2' });
  expect(annotations(step)).toEqual([]);
  expect(moved(step)).toEqual([
    ...['current_version in the ConfigMap ml/versions', 'Deployment ml/api'],
  ]);
  expect(serving(double)).toEqual(['2', '2']);
  const again = await deploy();
  expect(again).toMatchObject({ code: 0, outputs: { outcome: 'unchanged', to: '2' } });
});

test('a step that serves what does not start puts the cluster back, and shows the log as text', async () => {
  const { registry, double, promote, deploy } = await world();
  await promote('2');
  spoil(double);
  const step = await deploy({ 'wait-timeout': '30s' });
  expect(step, step.log).toMatchObject({ code: 1, outputs: { outcome: 'put-back', to: '2' } });
  expect(annotations(step)).toEqual([
    expect.stringMatching(/^::error title=passmuster deploy::.*CrashLoopBackOff/),
  ]);
  expectHarmless(step, 'passmuster deploy');
  expect(named(double)).toMatchObject({ current_version: '1' });
  expect(await stands(registry, TOKEN)).toMatchObject({ champion: '2' });
});

const INPUTS: [string, (double: Double) => Inputs | Promise<Inputs>][] = [
  ['of the input `token`', ({ url }) => ({ server: url, token: CLUSTER_TOKEN })],
  [
    'in a kubeconfig',
    async (double) => {
      const folder = await folderWith({ config: double.kubeconfig() });
      return { kubeconfig: `${folder}/config` };
    },
  ],
];

test.each(INPUTS)('the token %s is masked before anything else is said', async (_, inputsFor) => {
  const { double, promote, step: stepOf } = await world();
  await promote('2');
  const inputs = await inputsFor(double);
  for (const [verb, version] of [
    ['deploy', {}],
    ['run', { version: '1' }],
  ] as const) {
    const step = await stepOf(verb, { ...inputs, ...version });
    expect(step, step.log).toMatchObject({ code: 0 });
    const lines = step.log.split('\n');
    const masked = lines.flatMap((line) => line.match(/^::add-mask::(.*)$/)?.[1] ?? []);
    expect(masked).toEqual(expect.arrayContaining([CLUSTER_TOKEN, TOKEN, GITHUB_TOKEN]));
    const shown = lines.filter((line) => !line.startsWith('::add-mask::'));
    expect(lines.indexOf(`::add-mask::${CLUSTER_TOKEN}`)).toBeLessThan(
      lines.indexOf(shown[0] ?? ''),
    );
    const everywhere = [...shown, step.errors, step.summary, ...Object.values(step.outputs)];
    expect(everywhere.join('\n')).not.toContain('s3cret');
  }
});

test('a cluster that refuses the token is named, and nothing has moved', async () => {
  const { registry, double, promote, step: stepOf } = await world();
  await promote('1');
  const access = { server: double.url, token: 'nobody-s3cret' };
  const step = await stepOf('run', { ...access, version: '2' });
  expect(step.code, step.log).toBe(4);
  expect(annotations(step)).toEqual([expect.stringContaining(double.url)]);
  expect(step.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('s3cret');
  expect(await stands(registry, TOKEN)).toEqual({ champion: '1', Production: '1' });
  expect(named(double)).toMatchObject({ current_version: '1' });
});
