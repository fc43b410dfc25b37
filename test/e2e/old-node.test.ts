import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const AS_NODE_20 = `data:text/javascript,${encodeURIComponent(
  'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } })',
)}`;

test.each([
  ['../../packages/cli/bin.js', 2, /passmuster needs Node 24 or newer, and this is Node 20\.20\.2/],
  ['../../scripts/node24.js', 1, /needs Node 24.*Node 20\.20\.2.*npm rebuild node/s],
])('%s says so on an older Node', (file, exit, message) => {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, ['--import', AS_NODE_20, path]);
  expect(String(stderr)).toMatch(message);
  expect(status).toBe(exit);
});
