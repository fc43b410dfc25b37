import { logProgress } from '@passmuster/action-kit/runner/progress.ts';
import { stopOnSignals } from '@passmuster/action-kit/runner/signals.ts';
import { sinceStart } from '@passmuster/action-kit/runner/since-start.ts';
import { type CommonFlag, readFlags } from '@passmuster/action-kit/spec/flags.ts';
import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import type { VerbSpec } from '@passmuster/action-kit/spec/verb.ts';
import { type Ending, endingOf, endingOfError, traceOf } from '@passmuster/core/endings.ts';
import { InputError } from '@passmuster/core/errors.ts';
import { nearest } from '@passmuster/core/suggest.ts';
import { endingPage } from '@passmuster/report/ending.ts';
import { bar } from './bar.ts';
import { COMMANDS, type Command, type Loaded } from './commands.ts';
import { columns, helpText } from './help.ts';
import { plainLog } from './plain-log.ts';
import type { Terminal } from './terminal.ts';

const json = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** Flags first, then the variables that stand in for absent ones. */
function withVariables(
  { inputs }: VerbSpec,
  flags: ReadonlyMap<string, string>,
  io: Terminal,
): Map<string, string> {
  const raw = new Map(flags);
  for (const [name, { variable }] of Object.entries(inputs)) {
    const value = variable === undefined || raw.has(name) ? undefined : io.variable(variable);
    if (value) raw.set(name, value);
  }
  const secrets = Object.keys(inputs).filter((name) => inputs[name]?.secret);
  io.hide(secrets.map((name) => raw.get(name) ?? ''));
  return raw;
}

async function carryOut(
  { spec, verb, ports }: Loaded,
  args: readonly string[],
  common: Set<CommonFlag>,
  io: Terminal,
): Promise<Ending> {
  const flags = readFlags(spec, args);
  for (const flag of flags.common) common.add(flag);
  if (common.has('help')) {
    io.print(helpText(spec, io.width));
    return endingOf('done');
  }
  const { inputs, problems } = readInputs(
    spec,
    withVariables(spec, flags.raw, io),
    (name) => `--${name}`,
  );
  const all = [...flags.problems, ...problems];
  if (all.length > 0) throw new InputError(all);
  const progress = io.watched ? bar(io, sinceStart) : logProgress(plainLog(io), sinceStart);
  const outcome = await verb(inputs, { ...ports, progress, signal: stopOnSignals() });
  const { result, outputs, report } = outcome;
  if (common.has('json')) io.print(json({ verb: spec.name, result, outputs, report }));
  else io.show(outcome.page);
  return endingOf(result);
}

/** One command, from its flags to its exit code. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  io: Terminal,
): Promise<number> {
  const common = new Set<CommonFlag>();
  const loaded = await command.load();
  try {
    return (await carryOut(loaded, args, common, io)).exitCode;
  } catch (error) {
    const ending = endingOfError(error);
    const { kind, headline, problems } = ending;
    const verb = loaded.spec.name;
    if (common.has('json'))
      io.print(json({ verb, result: 'error', error: { kind, headline, problems } }));
    else io.showError(endingPage(verb, ending));
    if (common.has('debug')) io.note(traceOf(error));
    return ending.exitCode;
  }
}

export async function overview(io: Terminal): Promise<number> {
  const rows = Object.entries(COMMANDS).map(([name, { about }]): [string, string] => [name, about]);
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

export async function unknownCommand(name: string, io: Terminal): Promise<number> {
  const meant = nearest(name, Object.keys(COMMANDS));
  const hint = meant ? `Did you mean ${meant}?` : 'passmuster --help lists them.';
  const ending = endingOf('input', [{ message: `${JSON.stringify(name)} is no command.`, hint }]);
  io.showError(endingPage('passmuster', ending));
  return ending.exitCode;
}
