import type { Answer } from './answer.ts';
import type { Followed } from './redirects.ts';
import { isUnknownPath } from './verdict.ts';

const isMlflow = ({ status, headers }: Answer): boolean => {
  const type = headers['content-type'] ?? '';
  return type.includes('json') || (status >= 200 && status < 300 && !type.includes('html'));
};

/**
 * Asks below a base path, and until something there has answered as MLflow does, without it, too: before
 * April 2026, `mlflow server --static-prefix` put its pages there and left the rest at the root.
 */
export function basePaths(prefix: string) {
  let known = prefix === '' ? prefix : undefined;

  return async (ask: (base: string) => Promise<Followed>): Promise<Followed> => {
    const below = await ask(known ?? prefix);
    const { outcome } = below;
    if (known !== undefined || outcome.kind === 'break') return below;
    if (isMlflow(outcome)) known = prefix;
    if (!isUnknownPath(outcome)) return below;
    const bare = await ask('');
    if (bare.outcome.kind === 'break' || !isUnknownPath(bare.outcome)) {
      if (bare.outcome.kind === 'answer' && isMlflow(bare.outcome)) known = '';
      return bare;
    }
    return below;
  };
}
