import type { Figure } from '../figures.ts';
import { type Command, measure } from '../measure.ts';
import { againstRivals } from '../rivals.ts';
import { inRounds } from '../rounds.ts';
import { type Contenders, printed } from './contenders.ts';
import { ourClient } from './our-client.ts';

export const LISTED = 'listed';
const VERSIONS = 200;

/** A model with as many versions as one that is trained every night for half a year. */
export async function prepareListed(url: string): Promise<void> {
  const registry = await ourClient(url);
  try {
    await registry.createModel({ name: LISTED });
    for (let number = 1; number <= VERSIONS; number++) {
      const tags = new Map([
        ['passmuster.version', `v1.${number}.0`],
        ['passmuster.ticket', `${number}`],
        ['passmuster.digest', `sha256:${String(number).padStart(64, '0')}`],
        ['passmuster.commit', String(number).padStart(40, '0')],
        ['passmuster.actor', 'bench'],
      ]);
      await registry.createVersion({ model: LISTED, source: `s3://models/${number}`, tags });
    }
  } finally {
    await registry.close();
  }
}

export async function benchListing(
  empty: Command,
  { python, curl, client }: Contenders,
  rounds: number,
): Promise<Figure[]> {
  // Whoever printed less would be faster.
  const said = new Set([python, curl, client].map(({ list }) => printed(list)));
  if (said.size !== 1) throw new Error(`the listings differ: ${[...said].join('\n')}`);
  const runs = await inRounds(rounds, {
    empty: () => measure(empty),
    python: () => measure(python.list),
    curl: () => measure(curl.list),
    client: () => measure(client.list),
  });
  return againstRivals({ 'our client': runs.client }, runs, 'curl and jq');
}

export async function benchRegistration(
  empty: Command,
  { python, curl, client, verb }: Contenders,
  rounds: number,
): Promise<Figure[]> {
  const next = (register: (name: string) => Command) => {
    let minor = 0;
    return () => measure(register(`v1.${minor++}.0`));
  };
  const runs = await inRounds(rounds, {
    empty: () => measure(empty),
    python: next(python.register),
    curl: next(curl.register),
    client: next(client.register),
    verb: next(verb.register),
  });
  return againstRivals({ 'our client': runs.client, register: runs.verb }, runs);
}
