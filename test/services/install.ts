import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { fillOnce } from './cache.ts';
import { must } from './must.ts';
import { isTool, TOOLS, type Tool, type ToolName } from './tools.ts';

const cache = resolve(process.env['PASSMUSTER_CACHE'] || `${homedir()}/.cache/passmuster`);
const asked = new Map<ToolName, Promise<string>>();

/** The path of a real tool, which is installed into the cache when it is not there yet. */
export function tool(name: ToolName): Promise<string> {
  const path = asked.get(name) ?? installed(name, TOOLS[name]);
  asked.set(name, path);
  return path;
}

async function installed(name: ToolName, tool: Tool): Promise<string> {
  const recipe = createHash('sha256').update(tool.parts.join('\n')).digest('hex').slice(0, 8);
  const place = `${cache}/${name}-${tool.version}-${recipe}`;
  await fillOnce(place, async (folder) => {
    await tool.install(folder);
    // One that does not start is better known now than by the first test that needs it.
    const programs = { ...(!tool.data && { [tool.program]: ['--version'] }), ...tool.besides };
    for (const [program, args] of Object.entries(programs)) {
      await must(`${folder}/${program}`, args, folder);
    }
  }).catch((cause) => {
    throw new Error(`${name} ${tool.version} cannot be installed: ${cause.message}`, { cause });
  });
  return `${place}/${tool.program}`;
}

/** Some wait for the network, others for a compiler. */
const AT_ONCE = 2;

async function warm(names: readonly string[]): Promise<void> {
  const known = Object.keys(TOOLS);
  const queue = (names.length > 0 ? names : known).map((name): ToolName => {
    if (!isTool(name)) throw new Error(`there is no tool ${name}; there is ${known.join(', ')}`);
    return name;
  });
  const next = async (): Promise<void> => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const start = performance.now();
      const path = await tool(name);
      const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(7);
      process.stdout.write(`${seconds} s  ${name} ${TOOLS[name].version}  ${path}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

if (import.meta.main) {
  await warm(process.argv.slice(2)).catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
