import type { Registry } from '../registry/registry.ts';
import { together } from '../together.ts';
import type { Places } from './carry-out.ts';
import { type Marks, writeOf } from './marks.ts';
import { valuesAt } from './values-at.ts';

type Asked = Pick<Registry, 'model' | 'versions' | 'moveToStage' | 'setAlias' | 'removeAlias'>;

/** What the registry says of a model now. */
export async function marksOf(
  registry: Pick<Registry, 'model' | 'versions'>,
  name: string,
  call: Parameters<Registry['model']>[1],
): Promise<Marks> {
  const [model, versions] = await together(call?.signal, [
    (signal) => registry.model(name, { ...call, signal }),
    (signal) => Array.fromAsync(registry.versions({ model: name }, { ...call, signal })),
  ]);
  return { aliases: model?.aliases ?? new Map(), versions };
}

/** Stages and aliases of one model; `newest` is what was seen by the last look. */
export function registryPlaces(
  registry: Asked,
  model: string,
): Places & { newest(): Marks | undefined } {
  let newest: Marks | undefined;
  return {
    newest: () => newest,
    async read(steps, call) {
      const marks = await marksOf(registry, model, call);
      newest = marks;
      return valuesAt(steps, marks);
    },
    async write(step, way, call) {
      const write = writeOf(step, way);
      if (write.do === 'alias') await registry.setAlias(model, write.alias, write.number, call);
      else if (write.do === 'unset') await registry.removeAlias(model, write.alias, call);
      else {
        const { number, stage, archiveOthers } = write;
        await registry.moveToStage(model, number, stage, archiveOthers, call);
      }
    },
  };
}
