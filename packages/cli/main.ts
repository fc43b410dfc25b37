import { COMMANDS } from './commands.ts';
import { overview, runCommand, unknownCommand } from './run.ts';
import { terminal } from './terminal.ts';

const [name = '--help', ...args] = process.argv.slice(2);
const io = terminal(process);

if (Object.hasOwn(COMMANDS, name)) {
  process.exitCode = await runCommand(COMMANDS[name as keyof typeof COMMANDS], args, io);
} else if (['--help', '-h', 'help'].includes(name)) {
  process.exitCode = await overview(io);
} else {
  process.exitCode = await unknownCommand(name, io);
}
