import type { Spread } from './rounds.ts';

/** One line of the table: a measured figure, and what it should be. */
export interface Figure {
  readonly name: string;
  readonly unit: '×' | 'ms' | 'GB/s' | 'MB' | '/s';
  readonly spread: Spread;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export function isMet({ spread, atLeast, atMost }: Figure): boolean | undefined {
  if (atLeast === undefined && atMost === undefined) return undefined;
  return spread.median >= (atLeast ?? -Infinity) && spread.median <= (atMost ?? Infinity);
}

function digits(value: number, unit: Figure['unit']): string {
  return value.toFixed(unit === '×' || unit === 'GB/s' ? 2 : 0);
}

function cells(figure: Figure): string[] {
  const { name, unit, spread, atLeast, atMost } = figure;
  const target = [
    ...(atLeast === undefined ? [] : [`≥ ${digits(atLeast, unit)}`]),
    ...(atMost === undefined ? [] : [`≤ ${digits(atMost, unit)}`]),
  ].join(', ');
  const met = isMet(figure);
  return [
    name,
    `${digits(spread.median, unit)} ${unit}`,
    `${digits(spread.min, unit)}–${digits(spread.max, unit)}`,
    target,
    met === undefined ? '' : met ? 'met' : 'MISSED',
  ];
}

export function table(figures: readonly Figure[]): string {
  const rows = [['', 'median', 'min–max', 'target', ''], ...figures.map(cells)];
  const widths =
    rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  const line = (row: string[]) =>
    row.map((cell, at) =>
      at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
    );
  return rows.map((row) => line(row).join('  ').trimEnd()).join('\n');
}
