import type { ConfigMap } from '@passmuster/core/cluster/configmap.ts';
import { type Keys, keysIn } from '@passmuster/core/cluster/serving.ts';
import type { Seal } from '@passmuster/core/ledger/ledger.ts';
import type { Party } from '@passmuster/core/promotions/record.ts';

const OURS = 'passmuster.dev/';

/** What stands at the ConfigMap beside its keys, for whoever looks at it. */
export const NOTE = {
  model: `${OURS}model`,
  number: `${OURS}number`,
  digest: `${OURS}digest`,
  promotion: `${OURS}promotion`,
  ledger: `${OURS}ledger`,
  earlier: `${OURS}earlier`,
} as const;

/** All that a change of the ConfigMap notes there. */
export interface Noted {
  readonly model: string;
  readonly to: Party;
  /** Empty where none is kept. */
  readonly id: string;
  /** The newest record of the environment before this one, and whose ledger it is. */
  readonly witness?: { readonly ledger: string } & Seal;
}

const earlierOf = (data: ReadonlyMap<string, string>, keys: Keys): string =>
  JSON.stringify(
    Object.fromEntries(
      keysIn(keys).flatMap((key) => (data.has(key) ? [[key, data.get(key)]] : [])),
    ),
  );

export function annotationsFor(
  { model, to, id, witness }: Noted,
  seen: ConfigMap | undefined,
  keys: Keys,
): ReadonlyMap<string, string | undefined> {
  return new Map([
    [NOTE.model, model],
    [NOTE.number, to.number],
    [NOTE.digest, to.digest],
    [NOTE.promotion, id === '' ? undefined : id],
    [NOTE.ledger, witness && `${witness.ledger}/${witness.number} ${witness.digest}`],
    [NOTE.earlier, seen && earlierOf(seen.data, keys)],
  ]);
}

const WITNESS = /^(.+)\/([1-9][0-9]{0,14}) (sha256:[0-9a-f]{64})$/;

/** What a ConfigMap remembers of the ledger of a model; it may be older than the last record. */
export function witnessIn(
  { annotations }: ConfigMap,
  ledger: string,
  environment: string,
): (Seal & { readonly environment: string }) | undefined {
  const [, name, number = '', digest = ''] = WITNESS.exec(annotations.get(NOTE.ledger) ?? '') ?? [];
  return name === ledger ? { number, digest, environment } : undefined;
}
