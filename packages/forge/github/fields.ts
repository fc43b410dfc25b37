import { isCommit } from '@passmuster/core/commit.ts';
import { isMap } from '@passmuster/core/shape/map.ts';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since 1970; nothing where it is no moment. */
export function momentOf(value: unknown): number | undefined {
  const moment = typeof value === 'string' && MOMENT.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}

export const commitOf = (value: unknown): string | undefined =>
  typeof value === 'string' && isCommit(value) ? value : undefined;

export interface Who {
  readonly by: string;
  readonly isPerson: boolean;
}

/** Somebody; `nobody` where GitHub says null, as it does for accounts that were deleted. */
export function whoOf(value: unknown): Who | 'nobody' | undefined {
  if (value === null) return 'nobody';
  if (!isMap(value)) return undefined;
  const { login, type } = value;
  if (typeof login !== 'string' || login === '' || typeof type !== 'string') return undefined;
  return { by: login, isPerson: type === 'User' && !login.endsWith('[bot]') };
}
