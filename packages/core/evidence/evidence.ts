import { quotable } from '../quote.ts';
import type { Measured, Origin, Reading, Unusable } from './measured.ts';
import { preferring } from './preferences.ts';

/** One source of numbers, and whether it provably speaks of the version. */
export interface Source {
  readonly origin: Origin;
  readonly reading: Reading;
  /** Why that is not proven: finishes "it is unbound: …". Absent where it is. */
  readonly unbound?: string;
}

interface Named {
  readonly metric: string;
  readonly slice?: string;
}

/** One of several values that contradict each other. */
interface Told {
  readonly text: string;
  readonly origin: Origin;
  readonly unbound?: string;
}

/** What is known of one metric. */
export type Known = Named &
  (
    | { readonly kind: 'measured'; readonly measured: Measured; readonly unbound?: string }
    | { readonly kind: 'unusable'; readonly says: string; readonly origin: Origin }
    | { readonly kind: 'conflict'; readonly says: string; readonly said: readonly Told[] }
  );

/** By `metricKey`. */
export type Evidence = ReadonlyMap<string, Known>;

/** No sign is kept out of a name, so none can part the two; nobody takes a key apart. */
export const metricKey = (metric: string, slice?: string): string =>
  JSON.stringify([metric, slice]);

const LONGEST_PLACE = 80;

/** The run, the logged model or the file, in words. */
export function sourceText(origin: Origin): string {
  switch (origin.kind) {
    case 'run':
      return `run ${quotable(origin.id)}`;
    case 'logged-model':
      return `logged model ${quotable(origin.id)}`;
    case 'file':
      return quotable(origin.path, 200);
  }
}

/** The same, and where in it a number stands. */
export function originText(origin: Origin): string {
  const source = sourceText(origin);
  if (origin.kind === 'file' && origin.at !== '') {
    return `${source} at ${quotable(origin.at, LONGEST_PLACE)}`;
  }
  const by = origin.kind === 'logged-model' ? origin.run : undefined;
  return by === undefined ? source : `${source}, by run ${quotable(by)}`;
}

interface Said {
  readonly source: Source;
  readonly of: Measured | Unusable;
}

const isMeasured = (of: Measured | Unusable): of is Measured => 'value' in of;

const valueText = (of: Measured | Unusable): string => (isMeasured(of) ? `${of.value}` : of.found);

const isSame = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

const agree = (a: Measured | Unusable, b: Measured | Unusable): boolean =>
  isMeasured(a) && isMeasured(b) ? isSame(a.value, b.value) : !isMeasured(a) && !isMeasured(b);

const unboundIn = ({ unbound }: Source): { unbound?: string } =>
  unbound === undefined ? {} : { unbound };

const MOST_NAMED = 4;

function conflict(name: Named, said: readonly Said[]): Known {
  const told = said.map(
    ({ source, of }): Told => ({ text: valueText(of), origin: of.origin, ...unboundIn(source) }),
  );
  const named = told
    .slice(0, MOST_NAMED)
    .map(({ text, origin }) => `${text} in ${originText(origin)}`);
  const more = said.length > MOST_NAMED ? ` and ${said.length - MOST_NAMED} more` : '';
  const list = `${named.join(', ')}${more}`;
  const isOfOne = new Set(said.map(({ source }) => JSON.stringify(source.origin))).size === 1;
  const says = isOfOne
    ? `one source says several values: ${list}; leave one of them there`
    : `sources disagree: ${list}; \`prefer\` says which counts`;
  return { ...name, kind: 'conflict', says, said: told };
}

const worth = ({ of }: Said): number =>
  isMeasured(of) ? Object.keys(of.conditions).length + (of.samples === undefined ? 0 : 1) : 0;

/**
 * Of those that say the same, what is proven to speak of the version comes first, then what tells more of
 * how it was measured: MLflow's logged models name the data of a metric, where their runs do not.
 */
const byWorth = (a: Said, b: Said): number =>
  Number(!!a.source.unbound) - Number(!!b.source.unbound) || worth(b) - worth(a);

function knownOf(said: readonly Said[], settle: ReturnType<typeof preferring>): Known | undefined {
  const ordered = said.toSorted(byWorth);
  const [first] = ordered;
  const agreed = first && ordered.every(({ of }) => agree(of, first.of));
  const left = agreed ? ordered : settle(ordered);
  const [chosen] = left;
  if (chosen === undefined) return undefined;
  const { source, of } = chosen;
  const { metric, slice, origin } = of;
  const name: Named = { metric, ...(slice !== undefined && { slice }) };
  if (left.some((other) => !agree(other.of, of))) return conflict(name, left);
  return isMeasured(of)
    ? { ...name, kind: 'measured', measured: of, ...unboundIn(source) }
    : { ...name, kind: 'unusable', says: `it is ${of.found} in ${originText(origin)}`, origin };
}

/** Where only what is bound can count, the rest contradicts nothing, but is told where it is all there is. */
function counting(said: readonly Said[], mustBeBound: boolean): readonly Said[] {
  const bound = mustBeBound ? said.filter(({ source }) => source.unbound === undefined) : [];
  return bound.length > 0 ? bound : said;
}

/** All that the sources say, metric by metric; what they disagree on is a conflict that names them. */
export function evidenceOf(
  sources: readonly Source[],
  preferences: readonly string[] = [],
  mustBeBound = false,
): Evidence {
  const said = new Map<string, Said[]>();
  for (const source of sources) {
    for (const of of [...source.reading.measured, ...source.reading.unusable]) {
      const key = metricKey(of.metric, of.slice);
      const list = said.get(key);
      if (list) list.push({ source, of });
      else said.set(key, [{ source, of }]);
    }
  }
  const settle = preferring(preferences);
  return new Map(
    Array.from(said).flatMap(([key, list]) => {
      const known = knownOf(counting(list, mustBeBound), settle);
      return known ? [[key, known] as const] : [];
    }),
  );
}
