import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { judge } from './judging-job.ts';

/** Names as somebody chooses them who wants to be a runner, a page or a terminal. */
const NAMES = [
  '::error::pwned',
  '\n::set-output name=verdict::pass',
  '\r\n##[error]pwned',
  'a%0A::warning::pwned',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '</code></td></tr></table></details><h1>PASS</h1>',
  'a | pass | `code` || ``more``',
  '![](https://example.test/p.png) [x](javascript:x) @org #1 www.example.test',
  '\u001b[2J\u001b]0;title\u0007\u001b[31mred',
  '\u202eevil\u2066 zero\u200bwidth\u00ad',
  '*bold* _it_ ~~gone~~ <!-- marker -->',
  '__proto__',
  'constructor',
];

const NOTHING_UNSEEN = /[\p{Cc}\p{Cf}]/u;

const quoted = (name: string): string => `metrics[${JSON.stringify(name)}]`;
const evaluation = JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, 0.5])));

const workflow = (gates: readonly string[]): string =>
  ['with:', '  gates: |', ...gates.map((gate) => `    ${gate}`), ''].join('\n');

async function judged(gates: readonly string[], more: Record<string, string> = {}) {
  return judge({
    files: {
      'eval/it.json': evaluation,
      'eval/that.json': evaluation.replaceAll('0.5', '0.6'),
      '.github/workflows/gate.yml': workflow(gates),
    },
    inputs: { evaluations: 'eval/it.json', gates: gates.join('\n'), ...more },
  });
}

const UNBOUND = /^::notice title=passmuster validate::.*eval\/it\.json counts, but is unbound/;

/** The lines that a runner takes for commands, beside those that mask. */
const commandsIn = (log: string): string[] =>
  log
    .split(/\r\n|[\r\n]/)
    .filter((line) => /^\s*::/u.test(line) || line.includes('##['))
    .filter((line) => !line.startsWith('::add-mask::'));

const KNOWN =
  /^<\/?(h[34]|p|strong|code|pre|ul|li|table|thead|tbody|tr|th|td|details|summary)( class="language-diff")?>$/;

/** The page that GitHub would show, which has no other tags than ours. */
function rendered(summary: string): string {
  const options = { extensions: [gfm()], htmlExtensions: [gfmHtml()] };
  const html = micromark(summary, { ...options, allowDangerousHtml: true });
  expect(html.match(/<[^>]*>/g)?.filter((tag) => !KNOWN.test(tag))).toEqual([]);
  expect(summary.replaceAll('\n', '')).not.toMatch(NOTHING_UNSEEN);
  return html;
}

test('hostile metrics in gates that fail forge no command, no markup and no output', async () => {
  const gates = NAMES.slice(0, 9).map((name) => `${quoted(name)} >= 0.9`);
  const step = await judged(gates, { 'champion-evaluations': 'eval/that.json' });
  expect(step).toMatchObject({ code: 1, errors: '', outputs: { verdict: 'fail' } });
  const commands = commandsIn(step.log);
  const ours = /^::error title=passmuster validate,file=\.github\/workflows\/gate\.yml,line=\d+,/;
  expect(commands).toHaveLength(gates.length + 1);
  expect(commands.pop()).toMatch(UNBOUND);
  for (const command of commands) expect(command).toMatch(ours);
  expect(step.log.replaceAll('\n', '')).not.toMatch(NOTHING_UNSEEN);
  expect(Object.keys(step.outputs)).toHaveLength(6);
  const html = rendered(step.summary);
  expect(html.match(/<details>/g)).toHaveLength(3);
  const [first = ''] = html.split('</table>');
  expect(first.match(/<tr>/g)).toHaveLength(1 + gates.length);
  expect(first.match(/<td>FAIL<\/td>/g)).toHaveLength(gates.length);
});

test('hostile metrics that no gate names are shown, and proposed as they can be written', async () => {
  const named = NAMES.map((name, at) => [`${name} accuracy`, at] as const);
  const files = { 'eval/it.json': JSON.stringify(Object.fromEntries(named)) };
  const step = await judge({ files, inputs: { evaluations: 'eval/it.json' } });
  expect(step).toMatchObject({ code: 0, outputs: { verdict: 'inconclusive' } });
  expect(commandsIn(step.log)).toEqual([expect.stringMatching(/^::warning title=passmuster/)]);
  const html = rendered(step.summary);
  expect(html).toContain('&lt;script&gt;');
  const [, block = ''] = /```\n(.*?)\n```/s.exec(step.summary) ?? [];
  const again = await judge({ files, inputs: { evaluations: 'eval/it.json', gates: block } });
  expect(again).toMatchObject({ code: 0, outputs: { verdict: 'pass' } });
});

test.each(NAMES)('a gate that is nothing but %j is refused, and does no harm', async (name) => {
  const step = await judged([`${name} >= 0.9`, 'accuracy = 1']);
  expect(step.code).toBe(2);
  for (const command of commandsIn(step.log)) expect(command).toMatch(/^::error title=passmuster /);
  expect(step.log.replaceAll('\n', '')).not.toMatch(NOTHING_UNSEEN);
  rendered(step.summary);
});

/** One whose own policy has a gate of each name. */
async function proposing(names: readonly string[]) {
  const gates = names.map((name) => `      - ${JSON.stringify(`${quoted(name)} >= 0.1`)}`);
  const step = await judge({
    policy: 'models: { m: { gates: [accuracy >= 0.5] } }\n',
    files: {
      'passmuster.yaml': ['models:', '  m:', '    gates:', ...gates, ''].join('\n'),
      'eval/it.json': '{"accuracy": 0.9}',
    },
    from: 'mallory/models',
    inputs: { model: 'm', evaluations: 'eval/it.json' },
  });
  expect(step).toMatchObject({ code: 0, outputs: { verdict: 'pass' } });
  return { commands: commandsIn(step.log), html: rendered(step.summary) };
}

test('a pull request whose policy is hostile shows it as text', async () => {
  const { commands, html } = await proposing(NAMES.filter((name) => !/\p{Cf}/u.test(name)));
  expect(commands).toEqual([expect.stringMatching(UNBOUND)]);
  expect(html).toContain('<code class="language-diff">@@ models.m.gates @@\n- accuracy');
  expect(html).toContain('&lt;script&gt;');
});

test('a pull request whose policy turns text around is told so, and changes nothing', async () => {
  const { commands } = await proposing(NAMES);
  for (const command of commands) expect(command).toMatch(/^::notice title=passmuster validate::/);
  expect(commands[1]).toMatch(/passmuster\.yaml:\d+:\d+: The file holds U\+202E/);
});
