import type { COMMANDS } from 'passmuster/commands.ts';

/** What a process is told to do: a verb with its inputs. */
export interface Order {
  readonly verb: keyof typeof COMMANDS;
  readonly inputs: Readonly<Record<string, string>>;
}

/** What it came to, as whoever started it would see it. */
export interface Told {
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** The messages of an error. */
  readonly says: string;
}
