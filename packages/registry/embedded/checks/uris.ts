/** A URI taken apart as far as sources of versions need it; `scheme` is empty for a plain path. */
export interface Uri {
  readonly scheme: string;
  /** Undefined where there is no `//`. */
  readonly authority: string | undefined;
  readonly path: string;
}

const URI = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)/is;

export function uriOf(text: string): Uri {
  const [, scheme = '', authority, path = ''] = URI.exec(text) ?? [];
  return { scheme: scheme.toLowerCase(), authority, path };
}

const MOST_LAYERS = 20;

/** Percent signs resolved until none are left; undefined for what hides behind too many layers. */
export function unquoted(text: string): string | undefined {
  let current = text;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    // What is no UTF-8 can name no folder above either.
    const next = current.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
      Buffer.from(bytes.replaceAll('%', ''), 'hex').toString(),
    );
    if (next === current) return current;
    current = next;
  }
  return undefined;
}

const stepsOf = (path: string): string[] => path.split('/').filter((step) => step !== '');

/** Whether a URI lies at or below another, step by step. */
export function isBelow(inner: string, outer: string): boolean {
  const [a, b] = [uriOf(inner), uriOf(outer)];
  const steps = stepsOf(a.path).map(unquoted);
  const above = stepsOf(b.path).map(unquoted);
  return (
    a.scheme === b.scheme &&
    (a.authority ?? '').toLowerCase() === (b.authority ?? '').toLowerCase() &&
    above.length > 0 &&
    above.every((step, index) => step !== undefined && steps[index] === step)
  );
}
