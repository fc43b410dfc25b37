import type { Place } from '../errors.ts';
import type { GateLine } from '../policy/policy.ts';

/** What is longer, no person reads. */
export const LONGEST_GATE = 1000;

/** One gate as somebody wrote it. */
export interface GateSource extends Omit<GateLine, 'place'> {
  /** Where its text starts, where that is in a file. */
  readonly place?: Place;
  /** Who says it, as a message names it: `line 2 of the input gates`. */
  readonly from: string;
}

export interface MetricName {
  readonly metric: string;
  /** `region=eu`, where a part of the data is meant. */
  readonly slice?: string;
}

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';
export type Arithmetic = '+' | '-' | '*' | '/';
export type FunctionName = 'abs' | 'min' | 'max';

/** One side of a gate. A name is the same object wherever it is the same name. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'metric'; readonly of: 'candidate' | 'champion'; readonly name: MetricName }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'call';
      readonly name: FunctionName;
      readonly values: readonly Expression[];
    };

/** What a text means, whoever wrote it. */
export interface Rule {
  readonly left: Expression;
  readonly comparison: Comparison;
  readonly right: Expression;
  /** The metrics of the candidate that it names, each once, those on the left first. */
  readonly candidate: readonly MetricName[];
  /** Those of the champion; without any the gate needs no champion. */
  readonly champion: readonly MetricName[];
  /** What is better for the metric on the left, where that is one bare metric and the gate tells. */
  readonly better?: 'higher' | 'lower';
}

/** One rule on evidence. */
export interface Gate extends GateSource, Rule {}
