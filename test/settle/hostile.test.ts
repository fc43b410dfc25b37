import type { Page } from '@passmuster/core/page.ts';
import { markdown } from '@passmuster/report/markdown.ts';
import { terminalLines } from '@passmuster/report/terminal.ts';
import { reasonProblem } from '@passmuster/verbs/moving/reason.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { looking } from '../register/running.fixture.ts';
import { lived, MODEL } from '../rollback/moving.fixture.ts';
import { run as rollback } from '../rollback/running.fixture.ts';
import { rounds } from '../rounds.ts';
import { run as settle } from './running.fixture.ts';

const EVIL = [
  '::set-output name=outcome::settled',
  '##[set-output name=outcome;]settled',
  '<img src=x onerror=alert(1)>',
  '![](https://evil.example/p.png)',
  '[click](https://evil.example)',
  '@acme/admins',
  '| a | b |',
  '` `` ```',
  '$(rm -rf /)',
  'x'.repeat(300),
];

/** What the input lets through: one line without control characters. */
const oneLine = fc
  .array(fc.oneof(fc.constantFrom(...EVIL), fc.string({ unit: 'grapheme' })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join(' ').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ''))
  .filter((text) => text.trim() !== '' && reasonProblem(text) === undefined);

/** What Markdown makes of a page apart from code, where nothing is live. */
const prose = (page: Page): string =>
  markdown(page, 1e6).replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs, '');

function isHarmless({ rendered }: { readonly rendered: Page }): void {
  const lines = terminalLines(rendered, { colour: false, width: 120 });
  expect(lines.filter((line) => /^\s*::/.test(line))).toEqual([]);
  expect(prose(rendered)).not.toMatch(/<img|\]\(https|@acme|set-output/);
  expect(lines.join('').length).toBeLessThan(5_000);
}

test('whatever reason is given, it is on record whole, and does nothing on a page', async () => {
  const address = await lived(['1', '2', '1', '2', '1', '2']);
  const registry = await looking(address);
  let live = '2';
  const property = fc.asyncProperty(oneLine, async (reason) => {
    const by = live === '2' ? '1' : '2';
    await registry.setAlias(MODEL, 'production', by);
    live = by;
    const settled = await settle(address, { reason });
    expect(settled.report).toMatchObject({ outcome: 'settled', reason });
    isHarmless(settled);
    isHarmless(await settle(address, { reason }));
  });
  await fc.assert(property, rounds(10));
  const went = await rollback(address, {
    from: `number:${live}`,
    reason: EVIL.slice(0, -1).join(' '),
  });
  expect(went.outputs.outcome).toBe('rolled-back');
  isHarmless(went);
  // Those who come later are told of it.
  isHarmless(await rollback(address, { from: `number:${live}` }));
});

test('a secret in a reason is starred out before it is written down', async () => {
  const address = await lived(['1', '2']);
  const reason = 'the bucket at https://robot:hunter2@files.example is gone';
  const { report, page } = await rollback(address, { reason });
  expect(JSON.stringify(report) + page).not.toContain('hunter2');
  const ledger = (await looking(address)).versions({ model: `passmuster.${MODEL}` });
  for await (const { tags } of ledger) expect([...tags.values()].join()).not.toContain('hunter2');
});

test.each([
  ['two\nlines', 'control character'],
  ['\u001b[2J', 'control character'],
  ['   ', 'reason is required'],
])('no reason at all: %j', async (reason, says) => {
  const address = 'embedded:/nowhere.db';
  await expect(settle(address, { reason })).rejects.toThrow(says);
  await expect(rollback(address, { reason })).rejects.toThrow(says);
});
