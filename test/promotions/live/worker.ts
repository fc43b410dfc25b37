import { systemClock } from '@passmuster/action-kit/run/clock.ts';
import { thisHost } from '@passmuster/action-kit/run/host.ts';
import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import { endingOf, endingOfError } from '@passmuster/core/endings.ts';
import { InputError } from '@passmuster/core/errors.ts';
import { COMMANDS } from 'passmuster/commands.ts';
import { surroundings } from '../../surroundings.ts';
import type { Order, Told } from './order.ts';

/** Who a mover is, and whether it knows itself to be a process of this machine. */
export interface Errand {
  readonly who: string;
  /** Then nobody can ask whether it has ended: its full lease is waited. */
  readonly isElsewhere: boolean;
}

/** As the command line would, with its exit code, and again and again in one process. */
async function carryOut({ verb, inputs: given }: Order, { who, isElsewhere }: Errand) {
  const here = { ...thisHost({}), actor: who };
  const { process: _, ...anywhere } = here;
  const host = isElsewhere ? { ...anywhere, hasEnded: async () => false } : here;
  const around = surroundings({ clock: systemClock(), host });
  const { spec, run } = await COMMANDS[verb]();
  const reading = readInputs(spec, new Map(Object.entries(given)), (name) => `--${name}`);
  if ('problems' in reading) throw new InputError(reading.problems);
  return run(reading.inputs, around);
}

async function told(order: Order, errand: Errand): Promise<Told> {
  try {
    const { result, outputs, report } = await carryOut(order, errand);
    return {
      code: endingOf(result).exitCode,
      outputs: outputs as Told['outputs'],
      says: JSON.stringify(Reflect.get(report, 'obstacles')) ?? '',
    };
  } catch (error) {
    const { exitCode, problems } = endingOfError(error);
    return { code: exitCode, outputs: {}, says: problems.map(({ message }) => message).join('\n') };
  }
}

if (import.meta.main) {
  const errand = JSON.parse(process.argv[2] ?? '') as Errand;
  process.on('message', async (order: Order) => process.send?.(await told(order, errand)));
  process.send?.('ready');
}
