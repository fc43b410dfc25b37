import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Whole } from '@passmuster/core/ledger/ledger.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import {
  type Process,
  type ProcessOptions,
  Simulation,
} from '@passmuster/core/ledger/simulation.fixture.ts';
import { createModel, createVersion, type Store } from '@passmuster/core/ledger/store.fixture.ts';
import { moveToStage, removeAlias, setAlias } from '@passmuster/core/ledger/store-marks.fixture.ts';
import { createRun, log } from '@passmuster/core/ledger/store-runs.fixture.ts';
import type { Outcome } from '@passmuster/core/outcome.ts';
import type { Feature } from '@passmuster/core/registry/registry.ts';
import { status } from '@passmuster/verbs/status/run.ts';
import { spec as statusSpec } from '@passmuster/verbs/status/spec.ts';
import {
  ALIAS,
  ENVIRONMENT,
  inputsOf,
  LEASE,
  MODEL,
  type POLICIES,
  portsOf,
  runOf,
  STAGE,
  type Wish,
} from './wishes.fixture.ts';

/** The servers that there are: with both, and with one of the two. */
export const SERVERS: readonly (readonly [string, readonly Feature[]])[] = [
  ['both', []],
  ['only stages', ['aliases']],
  ['only aliases', ['stages']],
];

const NUMBERS = ['1', '2', '3', '4', '5'] as const;

/** How a run ended, in one word, and what it said. */
export interface Ended {
  readonly how: string;
  /** What decides the exit code. */
  readonly result: string;
  readonly from: string;
  readonly said: string;
}

/** What `status` says of an environment. */
export interface Status {
  readonly outcome: string;
  readonly version: string;
}

/** A run as it went, or how it could not be told any more. */
export interface Going {
  readonly process: Process;
  readonly ended: Promise<Ended | 'died'>;
}

/** A registry with four versions of a model, and everybody who moves them. */
export class World {
  readonly simulation: Simulation;
  readonly lacks: readonly Feature[];
  readonly policy: keyof typeof POLICIES;

  constructor(lacks: readonly Feature[], policy: keyof typeof POLICIES, seed = 1) {
    this.lacks = lacks;
    this.policy = policy;
    this.simulation = new Simulation(seed, lacks);
  }

  static withVersions(lacks: readonly Feature[], policy: keyof typeof POLICIES = 'alone'): World {
    const world = new World(lacks, policy);
    const { store } = world.simulation;
    createModel(store, { name: MODEL });
    for (const _ of NUMBERS) {
      const { id } = createRun(store, { experimentId: '1' });
      const accuracy = { key: 'accuracy', value: 0.9, timestamp: 1, step: 0 };
      log(store, id, { metrics: [accuracy] });
      createVersion(store, { model: MODEL, source: `runs:/${id}/model`, runId: id });
    }
    return world;
  }

  /** The same world once more, in which time goes on, with other chance: no nonce comes twice. */
  copy(seed = 2): World {
    const world = new World(this.lacks, this.policy, seed);
    const [from, to] = [this.simulation.store, world.simulation.store];
    const maps = ['models', 'given', 'experiments', 'runs', 'files'] as const;
    for (const name of maps) copyInto<unknown>(from[name], to[name]);
    for (const [name, versions] of from.versions) to.versions.set(name, [...versions]);
    to.now = from.now;
    world.simulation.time.now = this.simulation.time.now;
    return world;
  }

  get store(): Store {
    return this.simulation.store;
  }

  until<Value>(work: Promise<Value>): Promise<Value> {
    return this.simulation.time.until(work);
  }

  pass(milliseconds: number): Promise<void> {
    const { time } = this.simulation;
    return this.until(new Promise((resolve) => time.after(milliseconds, () => resolve())));
  }

  /** Somebody in MLflow's page; without a number, the place is emptied. */
  byHand(what: 'alias' | 'stage' | 'crowd', number: string): void {
    if (number === '') this.#emptied(what);
    else if (what === 'alias') setAlias(this.store, MODEL, ALIAS, number);
    else moveToStage(this.store, MODEL, number, STAGE, what === 'stage');
  }

  #emptied(what: 'alias' | 'stage' | 'crowd'): void {
    if (what === 'alias') removeAlias(this.store, MODEL, ALIAS);
    const leaving = what === 'alias' ? [] : this.inStage.split(' ').filter(Boolean);
    for (const number of leaving) {
      moveToStage(this.store, MODEL, number, 'Archived', false);
    }
  }

  has(feature: Feature): boolean {
    return !this.store.lacks.has(feature);
  }

  get alias(): string {
    return this.store.models.get(MODEL)?.aliases.get(ALIAS) ?? '';
  }

  stageOf(number: string): string | undefined {
    return this.store.versions.get(MODEL)?.find((one) => one.number === number)?.stage;
  }

  numbersIn(stage: string): string[] {
    const versions = this.store.versions.get(MODEL) ?? [];
    return versions.filter((one) => one.stage === stage).map(({ number }) => number);
  }

  get inStage(): string {
    return this.numbersIn(STAGE).join(' ');
  }

  /** What alias and stage say, as far as there are any. */
  get live(): string[] {
    const said = [
      ...(this.has('aliases') ? [this.alias] : []),
      ...(this.has('stages') ? [this.inStage] : []),
    ];
    return [...new Set(said)];
  }

  /** What runs have warned of. */
  readonly warned: string[] = [];

  /** Told of each effect before it happens, whoever sent it. */
  watch: (name: string, process: Process) => void = () => {};

  /** Begins a run; when it dies it has ended, too. */
  begin(wish: Wish, options: Partial<ProcessOptions> = {}, signal = never): Going {
    let die = () => {};
    const died = new Promise<'died'>((resolve) => {
      die = () => resolve('died');
    });
    const process: Process = this.simulation.process({
      actor: 'alice',
      attended: true,
      ...options,
      fate: (name) => {
        const fate = options.fate?.(name) ?? 'fine';
        if (process.isDead) die();
        return fate;
      },
      refusal: (name) => {
        this.watch(name, process);
        return options.refusal?.(name);
      },
    });
    const voice = {
      note: () => {},
      hide: () => {},
      warn: (text: string) => this.warned.push(text),
    };
    const around = { ...portsOf(process, this.policy, signal), voice };
    const ended = runOf(wish)(around).then(endOf, endOfError);
    return { process, ended: Promise.race([ended, died]) };
  }

  async run(wish: Wish, options: Partial<ProcessOptions> = {}): Promise<Ended> {
    const ended = await this.until(this.begin(wish, options).ended);
    if (ended === 'died') throw new Error(`${wish} has died`);
    return ended;
  }

  /** What the verb tells whoever asks now. */
  async status(environment = ENVIRONMENT): Promise<Status> {
    const process = this.simulation.process({ actor: 'onlooker' });
    const { outputs } = await this.until(
      status(inputsOf(statusSpec, { environment }), {
        ...portsOf(process, this.policy, never),
      }),
    );
    return { outcome: String(outputs.outcome), version: String(outputs.version) };
  }

  /** All that the ledger says now. */
  ledger(): Promise<Whole> {
    const { registry, clock, host } = this.simulation.process({ actor: 'onlooker' });
    const ledger = openLedger({ registry, clock, host, model: MODEL, lease: LEASE });
    return this.until(ledger.whole(never));
  }
}

const never = new AbortController().signal;

function copyInto<Value>(from: ReadonlyMap<string, Value>, to: Map<string, Value>): void {
  for (const [key, value] of from) to.set(key, value);
}

const endOf = ({ outputs, result }: Outcome<never>): Ended => {
  const { outcome, from } = outputs as Readonly<Record<string, string>>;
  return { how: outcome ?? '', result, from: from ?? '', said: '' };
};

function endOfError(error: unknown): Ended {
  if (!(error instanceof PassmusterError)) throw error;
  return { how: error.kind, result: error.kind, from: '', said: error.message };
}
