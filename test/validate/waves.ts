import type { Registry } from '@passmuster/core/registry/registry.ts';

type Ask = (...given: unknown[]) => unknown;

const isList = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

/**
 * A registry, and how many of the calls to it went one after the other. A call is one deeper than the
 * deepest that was answered before it began; those that begin together are equally deep.
 */
export function countingWaves(registry: Registry): { registry: Registry; waves(): number } {
  let answered = 0;
  let deepest = 0;

  function began(): () => void {
    const depth = answered + 1;
    deepest = Math.max(deepest, depth);
    return () => {
      answered = Math.max(answered, depth);
    };
  }

  async function* counted(list: AsyncIterable<unknown>): AsyncGenerator<unknown> {
    const end = began();
    for await (const item of list) yield item;
    end();
  }

  function counting(ask: Ask): Ask {
    return (...given) => {
      const answer = ask(...given);
      if (isList(answer)) return counted(answer);
      if (!(answer instanceof Promise)) return answer;
      return answer.finally(began());
    };
  }

  const entries = Object.entries(registry).map(([name, value]) => [
    name,
    typeof value === 'function' && name !== 'close' ? counting(value as Ask) : value,
  ]);
  return { registry: Object.fromEntries(entries) as Registry, waves: () => deepest };
}
