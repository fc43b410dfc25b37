import { run } from './run.ts';

const NEEDS = {
  go: 'Go 1.26 or later (https://go.dev/dl/)',
  python3: 'Python 3.10 or later with its venv module (on Debian and Ubuntu: python3-venv)',
};

/** Runs a program that has to succeed, or throws with the end of what it printed. */
export async function must(
  program: string,
  args: readonly string[],
  folder: string,
  env = process.env,
): Promise<void> {
  const command = [program, ...args].join(' ');
  const { code, output } = await run(program, args, { cwd: folder, env }).catch((cause) => {
    const need = program in NEEDS ? NEEDS[program as keyof typeof NEEDS] : program;
    throw new Error(`\`${program}\` cannot be started; install ${need}`, { cause });
  });
  if (code === 0) return;
  const end = output.trimEnd().split('\n').slice(-20).join('\n');
  throw new Error(`\`${command}\` failed with exit code ${code}:\n${end}`);
}
