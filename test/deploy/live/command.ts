import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { DeployReport } from '@passmuster/verbs/deploy/report.ts';

export interface Command {
  /** The path of the command line. */
  readonly cli: string;
  readonly verb: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** As PASSMUSTER_LEASE says it. */
  readonly lease?: string;
  /** By a person: then what it says is its page and all that it printed, or as it is; without outputs. */
  readonly isRead?: boolean | 'raw';
}

type Report = Partial<DeployReport>;

/** What a process came to. */
export interface Ran {
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly report: Report;
  /** All that stood against it and all that was remarked, with what an error says. */
  readonly says: string;
  /** What it printed while it ran. */
  readonly log: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
}

interface Printed {
  readonly outputs?: Ran['outputs'];
  readonly report?: Report;
  readonly error?: { readonly problems: readonly { message: string; hint?: string }[] };
}

function saidIn({ report = {}, error }: Printed): string {
  const { obstacles = [], remarks = [], cause = '' } = report;
  const problems = error?.problems.map(({ message, hint = '' }) => `${message} ${hint}`) ?? [];
  return [...obstacles, ...remarks, cause, ...problems].filter(Boolean).join('\n');
}

/** The command line as it is shipped, in a process of its own, with nothing of the user's. */
export function start({ cli, verb, inputs, lease, isRead = false }: Command): Running {
  const flags = Object.entries(inputs).map(([name, value]) => `--${name}=${value}`);
  const { PATH = '' } = process.env;
  const env = { PATH, HOME: '/nowhere', ...(lease !== undefined && { PASSMUSTER_LEASE: lease }) };
  const child = spawn(process.execPath, [cli, verb, ...(isRead ? [] : ['--json']), ...flags], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = (async (): Promise<Ran> => {
    const [said, log] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      child.exitCode === null && child.signalCode === null && once(child, 'exit'),
    ]);
    // Its lines are as long as a terminal is wide.
    const read = isRead === 'raw' ? said : `${said}${log}`.replaceAll(/\s+/g, ' ');
    if (isRead) return { code: child.exitCode, outputs: {}, report: {}, says: read, log };
    const printed = (said === '' ? {} : JSON.parse(said)) as Printed;
    const { outputs = {}, report = {} } = printed;
    return { code: child.exitCode, outputs, report, says: saidIn(printed), log };
  })();
  return { child, ended };
}

export const run = (command: Command): Promise<Ran> => start(command).ended;

/** One that has to end as it is told. */
export async function must(command: Command, outcome: string): Promise<Ran> {
  const ran = await run(command);
  if (ran.outputs['outcome'] === outcome) return ran;
  throw new Error(
    `${command.verb} ended otherwise than ${outcome}: ${JSON.stringify(ran, undefined, 2)}`,
  );
}
