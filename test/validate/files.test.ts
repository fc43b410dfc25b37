import { InputError } from '@passmuster/core/errors.ts';
import type { Ports } from '@passmuster/verbs/validate/ports.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rounds } from '../rounds.ts';
import { noRegistry } from '../surroundings.ts';
import { run as runAt, standingIn } from './running.fixture.ts';

/** Nobody is to ask a registry about files. */
const run = (given: Readonly<Record<string, string>>, ports: Partial<Ports> = {}) =>
  runAt('', given, { openRegistry: noRegistry, ...ports });

const RESULTS = '{"accuracy": 0.83, "f1": {"macro": 0.8}, "loss": NaN, "n": "5"}';
const BASELINE = '{"accuracy": 0.85}';
const FILES = { 'eval/results.json': RESULTS, 'eval/baseline.json': BASELINE };
const given = { evaluations: 'eval/results.json' };

test.each<[string, string, string, 'done' | 'refused']>([
  ['one that holds', 'accuracy >= 0.8', 'pass', 'done'],
  ['one that fails', 'accuracy >= 0.85', 'fail', 'refused'],
  ['one that fails beside one that holds', 'accuracy >= 0.8\nf1.macro > 0.9', 'fail', 'refused'],
  ['NaN', 'loss <= 3', 'inconclusive', 'refused'],
  ['a number in a text', 'n >= 1', 'inconclusive', 'refused'],
  ['a metric that nobody has', 'recall >= 0.1', 'inconclusive', 'refused'],
  [
    'a pass beside what is inconclusive',
    'accuracy >= 0.8\nrecall >= 0.1',
    'inconclusive',
    'refused',
  ],
  ['a failure beside what is inconclusive', 'accuracy >= 0.9\nrecall >= 0.1', 'fail', 'refused'],
  ['a warning that fails', 'accuracy >= 0.8\nwarn: f1.macro > 0.9', 'pass', 'done'],
  ['warnings alone', 'warn: f1.macro > 0.1', 'inconclusive', 'refused'],
])('%s', async (_, gates, verdict, result) => {
  await standingIn(FILES);
  const outcome = await run({ ...given, gates });
  expect(outcome).toMatchObject({ result, outputs: { verdict } });
  expect(outcome.report.verdict).toBe(verdict);
});

test('a failure says by how much, with the value, the bound and where the number stands', async () => {
  await standingIn(FILES);
  const gates = '# what must hold\naccuracy >= 0.85 # for all';
  const { page, outputs, annotations, report } = await run({ ...given, gates });
  expect(page).toMatch(/^### ❌ \*\*FAIL\*\* The files: 1 of 1 gate fails\n/);
  expect(page).toContain('| FAIL | accuracy >= 0.85 | 0.83 | 0.85 | −0.02 |');
  expect(page).toContain('accuracy >= 0.85: 0.83 is 0.02 below 0.85.');
  expect(page).toContain(
    '(line 2 of the input gates): accuracy of the candidate is 0.83 in eval/results.json',
  );
  expect(outputs.failed).toBe('accuracy >= 0.85');
  expect(annotations).toMatchObject([
    { level: 'error', message: 'accuracy >= 0.85 does not hold: 0.83 is 0.02 below 0.85.' },
    {
      level: 'notice',
      message: expect.stringContaining('eval/results.json counts, but is unbound'),
    },
  ]);
  expect(report.gates).toMatchObject([
    {
      gate: 'accuracy >= 0.85',
      verdict: 'fail',
      value: 0.83,
      bound: 0.85,
      used: [{ of: 'candidate', value: 0.83, bound: false }],
    },
  ]);
});

test('what stands in the way comes first, warnings after it', async () => {
  await standingIn(FILES);
  const gates = 'accuracy >= 0.1\nwarn: accuracy >= 0.9\nloss <= 1\naccuracy >= 0.95';
  const { report } = await run({ ...given, gates });
  expect(report.gates.map(({ gate, level }) => `${level} ${gate}`)).toEqual([
    'fail accuracy >= 0.95',
    'fail loss <= 1',
    'warn accuracy >= 0.9',
    'fail accuracy >= 0.1',
  ]);
});

test('without any gate it shows, proposes and warns', async () => {
  await standingIn(FILES);
  const { result, outputs, page, annotations } = await run(given);
  expect(result).toBe('done');
  expect(outputs.verdict).toBe('inconclusive');
  expect(page).toContain('accuracy >= 0.83\nf1.macro >= 0.8');
  expect(page).toContain('Evidence of the candidate: 4 metrics');
  expect(annotations).toMatchObject([
    { level: 'warning', message: expect.stringContaining('there is no gate to judge it by') },
  ]);
  const strict = await run({ ...given, 'on-inconclusive': 'fail' });
  expect(strict.result).toBe('refused');
  expect(strict.annotations).toMatchObject([{ level: 'error' }]);
});

test('an inconclusive verdict may be let by, a failed one never', async () => {
  await standingIn(FILES);
  const lenient = { ...given, 'on-inconclusive': 'warn' };
  const inconclusive = await run({ ...lenient, gates: 'loss <= 1' });
  expect(inconclusive).toMatchObject({ result: 'done', outputs: { verdict: 'inconclusive' } });
  expect(inconclusive.annotations.map(({ level }) => level)).not.toContain('error');
  expect((await run({ ...lenient, gates: 'accuracy >= 0.9' })).result).toBe('refused');
});

describe('a baseline in files is the champion', () => {
  const champion = { ...given, 'champion-evaluations': 'eval/baseline.json' };

  test('compared side by side', async () => {
    await standingIn(FILES);
    const { page, outputs } = await run({ ...champion, gates: 'accuracy >= champion' });
    expect(outputs.verdict).toBe('fail');
    expect(page).toContain('| accuracy | 0.83 | 0.85 | −0.02 ↓ worse |');
    expect(page).toContain('Not proven comparable: no data is named for either.');
  });

  test('without that metric it is inconclusive', async () => {
    await standingIn(FILES);
    const { page, outputs } = await run({ ...champion, gates: 'f1.macro >= champion' });
    expect(outputs.verdict).toBe('inconclusive');
    expect(page).toContain('The champion has no metric f1.macro');
  });

  test('unproven comparisons are inconclusive where they must be proven', async () => {
    await standingIn(FILES);
    const gates = 'accuracy <= champion';
    expect((await run({ ...champion, gates })).outputs.verdict).toBe('pass');
    const strict = await run({ ...champion, gates, comparable: 'required' });
    expect(strict.outputs.verdict).toBe('inconclusive');
    expect(strict.page).toContain('is not proven to be comparable');
  });
});

test('two files that disagree are a conflict, which `prefer` settles', async () => {
  await standingIn({ 'a.json': '{"accuracy": 0.9}', 'b.json': '{"accuracy": 0.7}' });
  const both = { evaluations: '*.json', gates: 'accuracy >= 0.8' };
  const conflict = await run(both);
  expect(conflict.outputs.verdict).toBe('inconclusive');
  expect(conflict.page).toContain(
    'sources disagree: 0.9 in a.json at /accuracy, 0.7 in b.json at /accuracy; prefer says',
  );
  expect((await run({ ...both, prefer: 'a.json' })).outputs.verdict).toBe('pass');
  expect((await run({ ...both, prefer: 'b.json' })).outputs.verdict).toBe('fail');
});

test('only what is bound counts, where that is asked for', async () => {
  await standingIn(FILES);
  const { outputs, page } = await run({ ...given, gates: 'accuracy >= 0.1', evidence: 'bound' });
  expect(outputs.verdict).toBe('inconclusive');
  expect(page).toContain('is unbound: no version was given');
});

test('a dvc.yaml says which files hold metrics', async () => {
  await standingIn({
    'dvc.yaml':
      'metrics:\n  - out/metrics[1].json\nstages:\n  a:\n    cmd: x\n    metrics: [b.json, ../up.json]\n',
    'out/metrics[1].json': '{"accuracy": 0.9}',
    'b.json': '{"loss": 1}',
  });
  const { outputs, page } = await run({
    evaluations: 'dvc.yaml',
    gates: 'accuracy >= 0.8\nloss <= 2',
  });
  expect(outputs.verdict).toBe('pass');
  expect(page).toContain('lists ../up.json, which lies outside of here');
});

test('the policy’s gates and those of the step are all judged, each by its own place', async () => {
  await standingIn({
    ...FILES,
    'passmuster.yaml':
      'models:\n  m:\n    gates: [accuracy >= 0.8]\nenvironments:\n  live:\n    gates:\n      - warn: f1.macro >= 0.9\n',
    'w.yml': 'steps:\n  - with:\n      gates: |\n        accuracy >= 0.85\n',
  });
  const asked = { ...given, model: 'm', environment: 'live', gates: 'accuracy >= 0.85' };
  const { report, annotations } = await run(asked, { workflowFile: 'w.yml' });
  expect(report.gates.map(({ gate, from, file, line }) => [gate, from, file, line])).toEqual([
    ['accuracy >= 0.85', 'line 1 of the input `gates`', 'w.yml', 4],
    ['f1.macro >= 0.9', 'environments.live.gates in passmuster.yaml', 'passmuster.yaml', 7],
    ['accuracy >= 0.8', 'models.m.gates in passmuster.yaml', 'passmuster.yaml', 3],
  ]);
  expect(annotations).toMatchObject([
    { level: 'error', place: { file: 'w.yml', line: 4 } },
    { level: 'warning', place: { file: 'passmuster.yaml', line: 7 } },
    { level: 'notice', message: expect.stringContaining('unbound') },
  ]);
});

test('every broken file is told, with its place', async () => {
  await standingIn({ 'a.json': '{"accuracy": 0.9', 'b.json': '{"a":1,"a":2}', 'c.json': '{}' });
  const error = await run({ evaluations: '*.json', gates: 'a > 0' }).catch((reason) => reason);
  expect(error).toBeInstanceOf(InputError);
  expect(error.problems).toMatchObject([
    { place: { file: 'a.json' } },
    { place: { file: 'b.json' } },
  ]);
});

test('gates as JUnit XML, whatever they are called', async () => {
  await standingIn({ 'r.json': '{"a<b&\\"c": 1, "acc": 0.5}' });
  const gates = 'metrics["a<b&\\"c"] >= 1\nacc >= 0.9\nwarn: acc >= 0.9\nnobody > 1';
  const { outputs } = await run({ evaluations: 'r.json', gates, junit: 'out.xml' });
  expect(outputs.verdict).toBe('fail');
  const again = await run({
    evaluations: 'out.xml',
    gates: 'tests == 4\nfailures == 1\nerrors == 1\nskipped == 1',
  });
  expect(again.outputs.verdict, again.page).toBe('pass');
});

test('the order of files and gates changes nothing', async () => {
  await standingIn({
    'a.json': '{"accuracy": 0.9, "loss": 1}',
    'b.json': '{"accuracy": 0.9, "f1": 0.2}',
    'c.json': '{"loss": 2}',
  });
  const files = ['a.json', 'b.json', 'c.json'];
  const gates = ['accuracy >= 0.8', 'f1 >= 0.1', 'warn: loss <= 1', 'nobody > 1'];
  const shuffled = fc.tuple(
    fc.shuffledSubarray(files, { minLength: 3 }),
    fc.shuffledSubarray(gates, { minLength: 4 }),
  );
  const told = async (these: string[], those: string[]) => {
    const asked = { evaluations: these.join('\n'), gates: those.join('\n') };
    const { report } = await run(asked);
    return [
      report.verdict,
      ...report.gates.map(({ gate, verdict }) => `${gate} ${verdict}`).sort(),
    ];
  };
  const expected = await told(files, gates);
  const property = fc.asyncProperty(shuffled, async ([these, those]) => {
    expect(await told(these, those)).toEqual(expected);
  });
  await fc.assert(property, rounds(200));
});
