import type { Measured } from '../evidence/measured.ts';
import type { MetricName } from './gate.ts';

/** A value, or a sentence that says why there is none that counts. */
type Looked = { readonly measured: Measured } | { readonly why: string };

export type Look = (name: MetricName) => Looked;

/** Told what the gate names on its left, which is what a value of the champion is held against. */
export type ChampionLook = (name: MetricName, onLeft: readonly MetricName[]) => Looked;

/** What gates are held against. */
export interface Evidence {
  readonly candidate: Look;
  readonly champion:
    | { readonly kind: 'version'; readonly look: ChampionLook }
    /** There never was one, or the candidate is it: gates that need one are not applicable. */
    | { readonly kind: 'none' | 'itself'; readonly why: string };
}
