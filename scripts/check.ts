import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { brokenRules } from './imports.ts';
import { sourceTree } from './tree.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Each part says what it has against the tree; nothing is good. */
const PARTS: Record<string, () => Promise<string>> = {
  types: () => complaintsOf('tsc', '-p', '.'),
  'lint and format': () => complaintsOf('biome', 'check', '--error-on-warnings', '.'),
  'generated files': async () => {
    // Only now: it imports the specs, and one that does not load is a failure of this part alone.
    const { staleFiles } = await import('./generate.ts');
    const stale = await staleFiles();
    return stale.map((file) => `${file} is stale; run: npm run generate`).join('\n');
  },
  'rules of the house': async () => brokenRules(await sourceTree()).join('\n'),
};

async function complaintsOf(program: string, ...args: string[]): Promise<string> {
  const path = `${root}node_modules/.bin`;
  const env = { ...process.env, PATH: `${path}:${process.env['PATH']}` };
  const child = spawn(`${path}/${program}`, args, { cwd: root, env });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return code === 0 ? '' : out + err || `${program} ended with ${code}`;
}

async function report(name: string, part: () => Promise<string>): Promise<boolean> {
  const start = performance.now();
  const complaints = await part().catch((error) => String(error?.stack ?? error));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${complaints ? 'FAILED' : 'passed'}  ${name} (${seconds} s)`);
  if (complaints) console.log(`\n${complaints.trimEnd()}\n`);
  return complaints === '';
}

const results = await Promise.all(Object.entries(PARTS).map(([name, part]) => report(name, part)));
process.exitCode = results.every(Boolean) ? 0 : 1;
