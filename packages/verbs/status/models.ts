import { isLedger, ledgerName } from '@passmuster/core/ledger/name.ts';
import { FORMAT, LEDGER_TAG } from '@passmuster/core/ledger/tags.ts';
import type { Policy } from '@passmuster/core/policy/policy.ts';
import type { RegisteredModel } from '@passmuster/core/registry/entities.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';

/** All models that there is something to say of. */
interface Models {
  /** In the order of their names. */
  readonly names: readonly string[];
  /** Those of them that have a ledger. */
  readonly ledgers: ReadonlySet<string>;
  /** Called like a ledger, but none that can be read here. */
  readonly strange: readonly string[];
}

/** The model that a ledger is of; nothing where it is none of ours, or written in another way. */
function modelOf({ name, tags }: RegisteredModel): string | undefined {
  const model = tags.get(LEDGER_TAG.model);
  const isOurs = tags.get(LEDGER_TAG.format) === FORMAT;
  return isOurs && model !== undefined && ledgerName(model) === name ? model : undefined;
}

export async function modelsIn(
  registry: Pick<Registry, 'models'>,
  policy: Policy | undefined,
  signal: AbortSignal,
): Promise<Models> {
  const ledgers = new Set<string>();
  const strange: string[] = [];
  for await (const listed of registry.models({ nameLike: 'passmuster.%' }, { signal })) {
    if (!isLedger(listed.name)) continue;
    const model = modelOf(listed);
    if (model === undefined) strange.push(listed.name);
    else ledgers.add(model);
  }
  const names = new Set([...(policy?.models.keys() ?? []), ...ledgers]);
  return { names: [...names].sort(), ledgers, strange };
}
