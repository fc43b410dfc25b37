import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../packages/cli/bin.js', import.meta.url));
const home = await mkdtemp(join(tmpdir(), 'passmuster-demo-'));
const say = (text: string): void => console.log(`\n${text}`);

/** Runs the command as a person would, in their folder, and expects it to end so. */
function passmuster(args: string, expected: number): void {
  console.log(`\n$ passmuster ${args}`);
  const { status } = spawnSync(process.execPath, [cli, ...args.split(' ')], {
    cwd: home,
    stdio: 'inherit',
  });
  console.log(`(exit code ${status})`);
  if (status !== expected)
    throw new Error(`passmuster ${args} ended with ${status}, not ${expected}`);
}

async function makeModel(): Promise<void> {
  await mkdir(join(home, 'model/weights'), { recursive: true });
  await writeFile(join(home, 'model/VERSION'), 'v1.2.0\n');
  await writeFile(join(home, 'model/config.json'), '{"architecture": "tiny", "layers": 2}\n');
  for (const part of [1, 2]) {
    const weights = Buffer.alloc(4_000_000, part);
    await writeFile(join(home, `model/weights/model-0000${part}-of-00002.safetensors`), weights);
  }
}

async function spoilOneByte(): Promise<void> {
  const file = await open(join(home, 'model/weights/model-00002-of-00002.safetensors'), 'r+');
  await file.write(Buffer.from([255]), 0, 1, 2_000_000);
  await file.close();
}

try {
  await makeModel();
  say('A model has been trained; its manifest is made where the files are known to be good.');
  passmuster('verify --path model --write', 0);
  say('Later, where it is to be served: are these the files that were registered?');
  passmuster('verify --path model --expect-version v1.2.0', 0);
  await spoilOneByte();
  say('One byte of one file is spoilt, its size unchanged.');
  passmuster('verify --path model --expect-version v1.2.0', 1);
  say('That was all of it. README.md says how to use it in a job.');
} finally {
  await rm(home, { recursive: true, force: true });
}
