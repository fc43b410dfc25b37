import type { Standing } from '@passmuster/core/environments/standing.ts';
import { standsAt } from '@passmuster/core/environments/stands.ts';
import type { Ticket, Whole } from '@passmuster/core/ledger/ledger.ts';
import { hasGoneOn, hasMoved, recordedBy } from '@passmuster/core/promotions/live.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import { expect } from 'vitest';
import { ALIAS, ENVIRONMENT, MODEL, STAGE, STAGING } from './wishes.fixture.ts';
import type { World } from './world.fixture.ts';

/** What each record says, in short: `1 > 2 done`. */
export const told = (sealed: readonly Ticket[]): string[] =>
  sealed.map((ticket) => {
    const move = moveOf(ticket);
    return `${move?.from?.number ?? '?'} > ${move?.to?.number ?? '?'} ${ticket.outcome}`;
  });

/** Each record begins where the one before it has led. */
export function expectLinear(sealed: readonly Ticket[]): void {
  const [first] = sealed;
  let live = (first && moveOf(first)?.from?.number) ?? '';
  for (const ticket of sealed) {
    const move = moveOf(ticket);
    expect(move?.from?.number ?? '', told(sealed).join(', ')).toBe(live);
    if (hasMoved(ticket.outcome)) live = move?.to?.number ?? '';
  }
}

/** What ledger and registry say of an environment, as every verb takes it. */
export function standing(world: World, whole: Whole, name: string): Standing {
  const { sealed } = whole.history({ environment: name });
  const { aliases } = world.store.models.get(MODEL) ?? { aliases: new Map() };
  const marks = { aliases, versions: world.store.versions.get(MODEL) ?? [] };
  const [alias, stage] = name === ENVIRONMENT ? [ALIAS, STAGE] : [name, STAGING];
  const recorded = recordedBy(sealed.at(-1));
  const wentOn = () => recorded !== undefined && hasGoneOn(whole, recorded, stage);
  return standsAt({ name, alias, stage }, marks, recorded, world.has('aliases'), wentOn);
}

/** Nobody is under way, nothing is broken, and ledger and registry say the same one version. */
export async function expectAtRest(world: World, start: string): Promise<readonly Ticket[]> {
  const whole = await world.ledger();
  expect(whole.open).toEqual([]);
  for (const environment of whole.environments) {
    const { sealed, problems } = whole.history({ environment });
    expect(problems).toEqual([]);
    expectLinear(sealed);
    for (const { outcome } of sealed) expect(['done', 'put-back']).toContain(outcome);
    // Whoever wanted something there may have gone before anything was on record.
    if (sealed.length === 0) continue;
    const stands = standing(world, whole, environment);
    const recorded = recordedBy(sealed.at(-1))?.party?.number;
    expect(stands.kind === 'version' ? stands.version.number : stands).toBe(recorded);
  }
  const { sealed } = whole.history({ environment: ENVIRONMENT });
  const recorded = sealed.length === 0 ? start : recordedBy(sealed.at(-1))?.party?.number;
  expect(world.live).toEqual([recorded]);
  return sealed;
}

/** At no moment are two versions live, nor none where one was; and no two are in staging. */
export function keepOneLive(world: World): void {
  const { watch } = world;
  world.watch = (name, process) => {
    if (world.has('stages')) expect(world.inStage, name).toMatch(/^\d+$/);
    expect(world.numbersIn(STAGING).length, name).toBeLessThanOrEqual(1);
    if (world.has('aliases')) expect(world.alias, name).toMatch(/^\d+$/);
    watch(name, process);
  };
}
