import { COMMANDS } from './commands.ts';
import { overview, runCommand, unknownCommand } from './run.ts';
import { terminal } from './terminal.ts';
import { version } from './version.ts';

const [name = '--help', ...args] = process.argv.slice(2);
const io = terminal(process);

async function run(): Promise<number> {
  if (Object.hasOwn(COMMANDS, name)) return runCommand(name as keyof typeof COMMANDS, args, io);
  if (['--help', '-h', 'help'].includes(name)) return overview(io);
  if (name === '--version') return version(io);
  return unknownCommand(name, io);
}

const exitCode = await run();
process.exitCode ??= exitCode;
