import { PassmusterError, type Problem } from '../errors.ts';
import type { ProcessIdentity, WorkflowRun } from '../host.ts';
import type { Call } from '../registry/registry.ts';

/** What has to be done one after the other: everything that moves a version, and everything that names one. */
export type Queue = 'moves' | 'names';

/** How a ticket can end; the ledger only carries it. */
export type TicketOutcome = 'done' | 'put-back' | 'void' | 'stopped' | 'settled' | 'canary';

export interface Holder {
  readonly actor: string;
  readonly run?: WorkflowRun;
  readonly process?: ProcessIdentity;
}

/** What is asked for when a ticket is taken. */
export interface Request {
  readonly queue: Queue;
  /** Empty in the queue `names`. */
  readonly environment: string;
  /** The same for the same wish, so that a repetition can be told from another wish. */
  readonly intent: string;
  /** More that is to be found by: at most a few short tags, under names of the verb's own. */
  readonly marks: ReadonlyMap<string, string>;
}

/** The complete record of what a ticket is about to do, or did: JSON, in the verb's own shape. */
export type Content = Readonly<Record<string, unknown>>;

/** A sealed ticket as its successors and witnesses name it. */
export interface Seal {
  readonly number: string;
  /** Covers what the ticket was created with, its record, outcome and result. */
  readonly digest: string;
}

export interface Ticket {
  readonly number: string;
  readonly queue: Queue;
  readonly environment: string;
  readonly intent: string;
  readonly marks: ReadonlyMap<string, string>;
  readonly holder: Holder;
  /** Milliseconds; carried on each ticket. */
  readonly lease: number;
  /** When it was taken, by the server's clock. */
  readonly taken: number;
  /** How often its holder has said that it lives. */
  readonly renewals?: number;
  /** Why its holder went, without having sealed it; its word, for people. */
  readonly left?: string;
  /** There once its last part was written; without it the ticket did nothing. */
  readonly record?: Content;
  /** The one before it in its chain, as its record names it; absent on the first, and without a record. */
  readonly previous?: Seal;
  /** Who answers for it in its place: the number of another ticket. */
  readonly claimedBy?: string;
  /** Its own end, or the answer that counts in its place; absent while it has none. */
  readonly outcome?: TicketOutcome;
  readonly result?: Content;
  /** Of its end; there with `outcome`. */
  readonly digest?: string;
}

/** How a claimed ticket is answered for. */
export interface Answer {
  readonly outcome: 'done' | 'put-back' | 'void' | 'stopped' | 'canary';
  readonly result: Content;
}

/** What one may do while it is one's turn, for one's own ticket or for one that was claimed. */
export interface Acting {
  /** Of our own ticket. */
  readonly number: string;
  /**
   * Looks whether it is still our turn, then carries out one effect within its deadline, which the
   * call holds. Rejects with Claimed when it is not. When it rejects with a RegistryError whose effect
   * is unknown, only a look at the world can tell, and only after `deadlinePassed`.
   *
   * `look` goes together with our own look, and its answer is what the effect is decided by: nothing is
   * closer to the effect. It may reject, and then there is none.
   */
  effect<Value>(carryOut: (call: Call) => Promise<Value>): Promise<Value>;
  effect<Value, Seen>(
    carryOut: (call: Call, seen: Seen) => Promise<Value>,
    look: (call: Call) => Promise<Seen>,
  ): Promise<Value>;
  /** Waits until nothing that was sent without a reply is within its deadline any more. */
  deadlinePassed(): Promise<void>;
  /** Rejects with Claimed when it is no longer our turn: for waits between effects. */
  stillOurs(): Promise<void>;
}

/** A ticket that was taken, and whose turn it is. It is renewed until it is sealed or let go. */
export interface Held extends Acting {
  /** When it was taken, by the server's clock. */
  readonly taken: number;
  /**
   * The complete record, before the first effect; once. It links to the last of our chain that was more than
   * void and can be read, which is looked for unless it is known already.
   */
  record(content: Content, known?: { readonly last: Ticket | undefined }): Promise<void>;
  /**
   * Its end, then one more look; rejects with Claimed when somebody else answers for it by now, and with Unsealed
   * where that cannot be told, or whether the end is written.
   */
  seal(outcome: TicketOutcome, result: Content): Promise<Seal>;
  /**
   * For every way out without a seal: `void` when nothing was recorded, else left to be claimed, which is
   * sooner when we say that we have gone, and why. Whether it is left.
   */
  letGo(why?: string): Promise<boolean>;
}

/** Who is in front of us, for people. */
export interface Waiting {
  /** Who answers for the ticket in front: its own holder, or who claimed it. */
  readonly ticket: Ticket;
  /** How many tickets are in front of ours. */
  readonly ahead: number;
  /** One sentence that names holder, time and run. */
  readonly text: string;
}

export interface TakeOptions {
  /** Milliseconds until it is given up with a conflict that names the holder. */
  readonly wait: number;
  /** Ends the waiting, and keeps a holder from beginning another effect; seals and looks go on. */
  readonly signal: AbortSignal;
  /** Told when another ticket is in front than before. */
  waiting(note: Waiting): void;
  /**
   * Finishes or puts back what a dead ticket with a record began, from the record and the world, and says
   * how that ended. Everything it writes goes through `acting.effect`; it looks at the world once more before
   * it says so. Tickets without a record, and those that had sealed, never get here.
   */
  answerFor(ticket: Ticket, acting: Acting): Promise<Answer>;
}

/** What the ledger says at one moment. */
export interface Look {
  /** Tickets without an outcome, in order, of both queues. */
  readonly open: readonly Ticket[];
  /** Of the ledger itself, by the server's clock; nothing while there is none. */
  readonly created?: number;
  /** Two looks with the same mark have nothing but renewals between them. */
  readonly mark: string;
}

/** A chain of sealed tickets: those of an environment, or those of `register`. */
export type Chain = 'names' | { readonly environment: string };

export interface History {
  /** Sealed tickets of the chain that were more than void, oldest first. */
  readonly sealed: readonly Ticket[];
  /** Gaps, edits and cut-off ends. */
  readonly problems: readonly Problem[];
}

/** All that a ledger holds, as one request brought it. */
export interface Whole extends Pick<Look, 'open' | 'mark'> {
  /** Of one chain, checked against what others remember of it. */
  history(chain: Chain, witnesses?: readonly Seal[]): History;
  /** The newest number of all, whatever it is of; 0 where there is none. */
  readonly newest: number;
  /** The environments that something was ever sealed or wanted for. */
  readonly environments: readonly string[];
}

/** The ledger of one model. */
export interface Ledger {
  /** Of the registered model that it is. */
  readonly name: string;
  /** Rejects with the reason where the server cannot keep one, so that whoever writes needs not begin. */
  possible(signal: AbortSignal): Promise<void>;
  look(signal: AbortSignal): Promise<Look>;
  /** Reads the ledger, then the world, then the ledger again, until nothing came between. */
  lookAround<World>(
    read: (look: Look) => Promise<World>,
    signal: AbortSignal,
  ): Promise<{ readonly look: Look; readonly world: World }>;
  /** Waits for our turn, having answered for the dead in front of us. Creates the ledger if it must. */
  take(request: Request, options: TakeOptions): Promise<Held>;
  ticket(number: string, signal: AbortSignal): Promise<Ticket | undefined>;
  /** All tickets with these marks, in order, whatever became of them; void ones too. */
  find(marks: ReadonlyMap<string, string>, signal: AbortSignal): Promise<readonly Ticket[]>;
  /** The last of a chain that was more than void. */
  last(chain: Chain, signal: AbortSignal): Promise<Ticket | undefined>;
  /** Reads all of it. Where there is no ledger, it is an empty one. */
  whole(signal: AbortSignal): Promise<Whole>;
  /** When the ledger itself was made, by the server's clock; nothing while there is none. */
  created(signal: AbortSignal): Promise<number | undefined>;
}

/** Another process answers for our ticket by now: we may not write any more, nor guess the outcome. */
export class Claimed extends PassmusterError {
  /** The ticket that answers for ours. */
  readonly by: string;

  constructor(by: string, problem: Problem) {
    super('conflict', [problem]);
    this.name = 'Claimed';
    this.by = by;
  }
}

/** The end of our ticket was sent, and it could not be told what has come of it. */
export class Unsealed extends PassmusterError {
  /** There where the end is written: then nobody could look whether it is ours that counts. */
  readonly seal: Seal | undefined;

  constructor(seal: Seal | undefined, problem: Problem, cause: PassmusterError) {
    super(cause.kind, [problem], { cause });
    this.name = 'Unsealed';
    this.seal = seal;
  }
}
