import { systemClock } from '@passmuster/action-kit/run/clock.ts';
import { guard } from '@passmuster/action-kit/run/guard.ts';
import { thisHost } from '@passmuster/action-kit/run/host.ts';
import { logProgress } from '@passmuster/action-kit/run/progress.ts';
import { stopOnSignals } from '@passmuster/action-kit/run/signals.ts';
import { sinceStart } from '@passmuster/action-kit/run/since-start.ts';
import { readFlags } from '@passmuster/action-kit/spec/flags.ts';
import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import { formsOf, secretsIn } from '@passmuster/action-kit/spec/secrets.ts';
import { withVariables } from '@passmuster/action-kit/spec/variables.ts';
import { type Ending, endingOf, endingOfError, traceOf } from '@passmuster/core/endings.ts';
import { InputError } from '@passmuster/core/errors.ts';
import { nearest } from '@passmuster/core/suggest.ts';
import { endingPage } from '@passmuster/report/ending.ts';
import { bar } from './bar.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { columns, helpText } from './help.ts';
import { plainLog } from './plain-log.ts';
import type { Terminal } from './terminal.ts';

async function carryOut(
  command: Command,
  args: readonly string[],
  io: Terminal,
  signal: AbortSignal,
): Promise<Ending> {
  const { spec } = command;
  const flags = readFlags(spec, args);
  if (flags.common.has('help')) {
    io.print(helpText(spec, io.width));
    return endingOf('done');
  }
  const raw = withVariables(spec, flags.raw, io.variables);
  io.hide(secretsIn(spec, raw));
  const reading = readInputs(spec, raw, (name) => `--${name}`);
  const wrong = 'problems' in reading ? reading.problems : [];
  if ('problems' in reading || flags.problems.length > 0) {
    throw new InputError([...flags.problems, ...wrong]);
  }
  const progress = io.watched ? bar(io, sinceStart) : logProgress(plainLog(io), sinceStart);
  const { result, outputs, report, page } = await command.run(reading.inputs, {
    progress,
    voice: {
      note: (text) => io.note(text),
      warn: (text) => io.note(`Warning: ${text}`),
      hide: (secret) => io.hide(formsOf(secret)),
    },
    clock: systemClock(),
    host: thisHost(io.variables),
    signal,
  });
  if (flags.common.has('json')) io.printJson({ verb: spec.name, result, outputs, report });
  else if (page.length > 0) io.show(page);
  return endingOf(result);
}

/** What stands on the command line even where the rest of it cannot be read. */
const asked = (args: readonly string[], flag: string): boolean => args.includes(`--${flag}`);

/** One command, from its flags to its exit code. */
export async function runCommand(
  name: keyof typeof COMMANDS,
  args: readonly string[],
  io: Terminal,
): Promise<number> {
  const signal = stopOnSignals();
  const failed = (error: unknown): number => {
    const ending = endingOfError(error, signal);
    const { kind, headline, problems } = ending;
    if (asked(args, 'json')) {
      io.printJson({ verb: name, result: 'error', error: { kind, headline, problems } });
    } else io.showError(endingPage(name, ending));
    if (asked(args, 'debug')) io.note(traceOf(error));
    return ending.exitCode;
  };
  guard(failed);
  try {
    return (await carryOut(await COMMANDS[name](), args, io, signal)).exitCode;
  } catch (error) {
    return failed(error);
  }
}

export async function overview(io: Terminal): Promise<number> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const rows = commands.map(({ spec }): [string, string] => [spec.name, spec.about]);
  io.print(
    [
      'Carries a machine-learning model version from registered to live, and judges it on the way.',
      '',
      'Usage: passmuster <command> [flags]',
      '',
      ...columns(rows, io.width),
      '',
      'passmuster <command> --help says more.',
    ].join('\n'),
  );
  return 0;
}

export function unknownCommand(name: string, io: Terminal): number {
  const meant = nearest(name, Object.keys(COMMANDS));
  const hint = meant ? `Did you mean ${meant}?` : 'passmuster --help lists them.';
  const ending = endingOf('input', [{ message: `${JSON.stringify(name)} is no command.`, hint }]);
  io.showError(endingPage('passmuster', ending));
  return ending.exitCode;
}
