import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { tool } from './install.ts';
import { run } from './run.ts';
import { isTool, TOOLS, type Tool } from './tools.ts';

const programs = Object.keys(TOOLS)
  .filter(isTool)
  .flatMap((name) => {
    const { data, program, besides }: Tool = TOOLS[name];
    const own = data ? [] : [{ name, program, args: ['--version'] }];
    const more = Object.entries(besides ?? {});
    return [...own, ...more.map(([program, args]) => ({ name, program, args }))];
  });

test.each(programs)('$program of $name is the version that we pin', async (one) => {
  const { name, program, args } = one;
  const folder = dirname(dirname(await tool(name)));
  const { code, output } = await run(`${folder}/${program}`, args);
  expect(code, output).toBe(0);
  expect(output).toContain(TOOLS[name].version);
});
