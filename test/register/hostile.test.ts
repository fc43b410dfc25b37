import { terminalLines } from '@passmuster/report/terminal.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../rounds.ts';
import { folderWith } from '../verify/folder.ts';
import { emptyRegistry, looking, run } from './running.fixture.ts';

const EVIL = [
  '\u001b[2J',
  '\n::set-output name=promoted::true',
  '##[set-output name=promoted;]true',
  '<img src=x onerror=alert(1)>',
  '![](https://evil.example/p.png)',
  '@acme/admins',
  '\u202e\u200b',
  '| a | b |\n| --- |',
];

const evil = fc
  .array(fc.oneof(fc.constantFrom(...EVIL), fc.string({ unit: 'grapheme' })), { maxLength: 4 })
  .map((parts) => parts.join(' ').toWellFormed().replaceAll('\0', ''));

test('what others wrote into the registry is shown, and does nothing', async () => {
  const address = await emptyRegistry();
  const registry = await looking(address);
  await registry.createModel({ name: 'gpt-custom' });
  const path = await folderWith({ 'model.bin': 'weights' });
  let number = 0;
  const property = fc.asyncProperty(evil, async (text) => {
    const tags = new Map([
      ['passmuster.version', 'v1.0.0'],
      ['passmuster.digest', text || 'x'],
      ['passmuster.ticket', text],
    ]);
    if (number > 0) await registry.deleteVersion('gpt-custom', String(number));
    await registry.createVersion({ model: 'gpt-custom', source: 's3://m/1', tags });
    number++;
    const { result, page, rendered, annotations } = await run(address, { path, version: 'v1.0.0' });
    expect(result).toBe('refused');
    const lines = terminalLines(rendered, { colour: false, width: 120 });
    const shown = [...lines, annotations[0]?.message ?? ''].join('\n');
    expect(['\u001b', '\u202e', '\u200b'].filter((unseen) => shown.includes(unseen))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('::'))).toEqual([]);
    expect(page).not.toMatch(/<img|\]\(https/);
  });
  await fc.assert(property, rounds(100));
});
