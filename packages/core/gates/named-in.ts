import type { Expression, MetricName } from './gate.ts';

type OfMetric = Extract<Expression, { kind: 'metric' }>;

/** Wherever one side of a gate names a metric, in order. */
export function metricsIn(expression: Expression): readonly OfMetric[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'metric':
      return [expression];
    case 'negative':
      return metricsIn(expression.of);
    case 'arithmetic':
      return [expression.left, expression.right].flatMap(metricsIn);
    case 'call':
      return expression.values.flatMap(metricsIn);
  }
}

export const namedIn = (expression: Expression): readonly MetricName[] =>
  metricsIn(expression).map(({ name }) => name);
