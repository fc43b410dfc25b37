import { Bench, LEASE, type Member, MODEL } from '../ledger/ledger.fixture.ts';
import type { Acting, Held } from '../ledger/ledger.ts';
import type { ProcessOptions } from '../ledger/simulation.fixture.ts';
import { createModel, createVersion } from '../ledger/store.fixture.ts';
import { moveToStage, setAlias } from '../ledger/store-marks.fixture.ts';
import { carryOut, type End, type Move, type Places } from './carry-out.ts';
import { stepsTo } from './marks.ts';
import type { Wish } from './next.ts';
import { contentOf } from './record.ts';
import { registryPlaces } from './registry-places.ts';
import type { Step } from './step.ts';
import { RECORD } from './tickets.fixture.ts';

export const ALIAS = 'champion';

/** Version 1 is live, 2 wants in, 3 is somebody else's. */
export class Shop extends Bench {
  readonly steps: readonly Step[];

  constructor() {
    super();
    const { store } = this.simulation;
    createModel(store, { name: MODEL });
    for (const _ of [1, 2, 3]) createVersion(store, { model: MODEL, source: 's3://b/m' });
    this.byHand('stage', '1');
    this.byHand('alias', '1');
    const aliases = new Map([[ALIAS, '1']]);
    const versions = store.versions.get(MODEL) ?? [];
    const target = { number: '2', stage: 'Production', alias: ALIAS } as const;
    this.steps = stepsTo(target, { aliases, versions });
  }

  byHand(what: 'stage' | 'alias', number: string): void {
    const { store } = this.simulation;
    if (what === 'alias') setAlias(store, MODEL, ALIAS, number);
    else moveToStage(store, MODEL, number, 'Production', true);
  }

  get stands(): string {
    const { models, versions } = this.simulation.store;
    const stages = versions.get(MODEL)?.map(({ stage }) => stage) ?? [];
    return [models.get(MODEL)?.aliases.get(ALIAS) ?? '-', ...stages].join(' ');
  }

  /** Takes the ticket, records, carries out; what is thrown is thrown. */
  async move(
    options: Partial<ProcessOptions>,
    wish: Wish = 'ahead',
  ): Promise<{ end: End; member: Member }> {
    const member = this.member(options);
    const held = await this.held(member);
    try {
      return { end: await this.until(this.carry(member, held, wish)), member };
    } catch (error) {
      await this.until(held.letGo('failed'));
      throw error;
    }
  }

  /** A ticket with its record, before the first effect. */
  async held(member: Member, more: { readonly signal?: AbortSignal } = {}): Promise<Held> {
    const held = await this.take(member, more);
    const record = { ...RECORD, from: { number: '1' }, to: { number: '2' }, steps: this.steps };
    await this.until(held.record(contentOf(record)));
    return held;
  }

  carry(
    { process }: Member,
    acting: Acting,
    wish: Wish,
    more?: Partial<Places>,
    live?: Move['live'],
  ): Promise<End> {
    const { registry, clock } = process;
    const places = { ...registryPlaces(registry, MODEL), ...more };
    const move = { steps: this.steps, wish, acting, places, clock, patience: LEASE };
    return carryOut({ ...move, ...(live && { live }) });
  }
}
