import { invalid } from '../refusal.ts';
import type { Page } from '../search/pages.ts';
import { choice } from './fields.ts';
import { mismatch } from './request.ts';

/** How many are asked for; more than the most is a wrong value, as in MLflow. */
export function sizeOf(asked: number, largest: number): number {
  if (asked > largest) throw mismatch('max_results', asked);
  if (asked >= 1) return asked;
  throw invalid(
    `Invalid value ${asked} for parameter 'max_results' supplied. It must be a positive integer`,
  );
}

export const pageShape = <Row>(
  name: string,
  { rows, next }: Page<Row>,
  shape: (row: Row) => object,
): object => ({
  ...(rows.length > 0 ? { [name]: rows.map(shape) } : {}),
  ...(next === undefined ? {} : { next_page_token: next }),
});

const LIFECYCLES = {
  ACTIVE_ONLY: ['active'],
  DELETED_ONLY: ['deleted'],
  ALL: ['active', 'deleted'],
} as const;

export const viewType = choice({ ACTIVE_ONLY: 1, DELETED_ONLY: 2, ALL: 3 });

export const lifecyclesOf = (view: keyof typeof LIFECYCLES = 'ACTIVE_ONLY'): readonly string[] =>
  LIFECYCLES[view];
