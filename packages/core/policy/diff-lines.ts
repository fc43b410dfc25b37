import { pathText } from '../quote.ts';
import { visible } from '../visible.ts';
import type { Compared } from './unordered-diff.ts';

const SIGNS = { added: '+', removed: '-' };

/** Nothing is cut or starred: two lines that differ must not look the same. */
export function diffLines<T>(
  path: readonly string[],
  items: readonly Compared<T>[],
  textOf: (item: T) => string,
): string[] {
  const lines = items.flatMap(({ change, item }) =>
    change === 'same' ? [] : [`${SIGNS[change]} ${visible(textOf(item))}`],
  );
  return lines.length > 0 ? [`@@ ${pathText(path)} @@`, ...lines] : [];
}
