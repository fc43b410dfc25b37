import type { Metric } from '../registry/entities.ts';

type Data = Metric['dataset'];

/** As many signs as people tell digests apart by. */
const SHORT = 12;

const nameOf = (data: NonNullable<Data>): string => data.name || 'unnamed';

/** Without what says how it was made. */
const shortDigest = (digest: string): string => digest.replace(/^\w+:/, '').slice(0, SHORT);

/**
 * What the values of one metric are called that were measured on these data. One data is the metric itself;
 * of several each is a slice, and what was measured on none that is known keeps the bare name. A name that
 * stands for several data tells none of them, so that the digest goes with it.
 */
export function slicesOf(all: readonly Data[]): (data: Data) => string | undefined {
  const each = new Map(all.map((data) => [JSON.stringify([data?.name, data?.digest]), data]));
  if (each.size <= 1) return () => undefined;
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const data of each.values()) {
    if (data === undefined) continue;
    if (seen.has(nameOf(data))) shared.add(nameOf(data));
    seen.add(nameOf(data));
  }
  return (data) => {
    if (data === undefined) return undefined;
    const isShared = shared.has(nameOf(data)) && data.digest !== '';
    const short = isShared ? `@${shortDigest(data.digest)}` : '';
    return `dataset=${nameOf(data)}${short}`;
  };
}
