import { quotable } from '@passmuster/core/quote.ts';
import type { Call, Models } from '@passmuster/core/registry/registry.ts';
import { boundsOf } from './bounds.ts';
import { readModel, readVersion } from './decode-model.ts';
import { isInvalid, isMissing, needs, unlessMissing } from './errors.ts';
import { checkAlias } from './names.ts';
import { nothing, type Wire } from './wire.ts';

const PATH = '/registered-models/alias';

type Aliases = Pick<Models, 'setAlias' | 'removeAlias' | 'aliased'>;

const LATEST = /^latest$/i;

export function aliasMethods(wire: Wire): Aliases {
  const { address } = wire.transport;
  const named = (name: string, alias: string): string =>
    `the alias "${quotable(alias)}" of model "${quotable(name)}"`;
  return {
    async setAlias(name, alias, number, call) {
      checkAlias(alias);
      const what = `set ${named(name, alias)} to version ${quotable(number)}`;
      const json = { name, alias, version: number };
      const change = { method: 'POST', path: PATH, json, repeatable: true } as const;
      await needs('aliases', address, what, wire.change(change, nothing, { what, call }));
    },

    async removeAlias(name, alias, call) {
      const bounds = boundsOf(call);
      const what = `remove ${named(name, alias)}`;
      const change = { method: 'DELETE', path: PATH, json: { name, alias } } as const;
      const about = { what, call: bounds() };
      const asked = wire.change({ ...change, repeatable: true }, nothing, about);
      try {
        await needs('aliases', address, what, asked);
      } catch (error) {
        if (!isMissing(error) || !(await hasModel(wire, name, bounds()))) throw error;
      }
    },

    async aliased(name, alias, call) {
      // Some servers have an idea of their own what that is; ours is the highest number.
      if (LATEST.test(alias)) return undefined;
      const what = `read ${named(name, alias)}`;
      const query = [
        ['name', name],
        ['alias', alias],
      ] as const;
      const asked = wire.get(PATH, query, readVersion, { what, call });
      // An unknown one is "invalid" to MLflow; one whose version was deleted may be "missing".
      return await unlessMissing(needs('aliases', address, what, asked), isInvalid);
    },
  };
}

async function hasModel(wire: Wire, name: string, call: Call | undefined): Promise<boolean> {
  const about = { what: `read model "${quotable(name)}"`, call };
  const asked = wire.get('/registered-models/get', [['name', name]], readModel, about);
  return (await unlessMissing(asked)) !== undefined;
}
