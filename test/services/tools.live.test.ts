import { expect, test } from 'vitest';
import { tool } from './install.ts';
import { run } from './run.ts';
import { isTool, TOOLS } from './tools.ts';

const programs = Object.keys(TOOLS)
  .filter(isTool)
  .filter((name) => !TOOLS[name].data);

test.each(programs)('%s is the version that we pin', async (name) => {
  const { code, output } = await run(await tool(name), ['--version']);
  expect(code, output).toBe(0);
  expect(output).toContain(TOOLS[name].version);
});
