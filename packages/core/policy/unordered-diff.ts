/** An item of the second list alone, of the first alone, or of the first with its twin in the second. */
export type Compared<T> =
  | { readonly change: 'added' | 'removed'; readonly item: T }
  | { readonly change: 'same'; readonly item: T; readonly twin: T };

type Pairs<T> = readonly (readonly [item: T, twin: T | undefined])[];

/** Each item takes the first of the others that says the same, as long as there is one. */
function paired<T>(
  items: readonly T[],
  others: readonly T[],
  keyOf: (item: T) => string,
): Pairs<T> {
  const left = Map.groupBy(others.toReversed(), keyOf);
  return items.map((item) => [item, left.get(keyOf(item))?.pop()]);
}

/**
 * What differs between two lists whose order means nothing: what only moved is the same. What was added
 * comes after what was removed in its place, so that a change reads as one.
 */
export function unorderedDiff<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): Compared<T>[] {
  const compared: Compared<T>[] = [];
  const pairsAfter = paired(after, before, keyOf);
  let next = 0;
  const takeAdded = () => {
    for (let pair = pairsAfter[next]; pair && pair[1] === undefined; pair = pairsAfter[++next]) {
      compared.push({ change: 'added', item: pair[0] });
    }
  };
  for (const [item, twin] of paired(before, after, keyOf)) {
    if (twin === undefined) compared.push({ change: 'removed', item });
    else {
      takeAdded();
      compared.push({ change: 'same', item, twin });
      next++;
    }
  }
  takeAdded();
  return compared;
}
