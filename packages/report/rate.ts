import type { Unit } from '@passmuster/core/progress.ts';
import { amount, duration } from './quantity.ts';

export interface Pace {
  readonly done: number;
  readonly total: number;
  readonly unit: Unit;
  readonly milliseconds: number;
}

/** `1.2 GB of 4.0 GB (30 %), 1.9 GB/s, 1.5 s left` */
export function rateOf({ done, total, unit, milliseconds }: Pace): string {
  const share = total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 100;
  const perSecond = milliseconds > 0 ? done / (milliseconds / 1000) : 0;
  const left = perSecond > 0 ? `, ${duration(((total - done) / perSecond) * 1000)} left` : '';
  const rate = unit === 'bytes' ? amount(perSecond, unit) : `${Math.round(perSecond)} files`;
  return `${amount(done, unit)} of ${amount(total, unit)} (${share} %), ${rate}/s${left}`;
}
