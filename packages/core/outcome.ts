import type { Place } from './errors.ts';
import type { Page } from './page.ts';

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  readonly place?: Place;
}

/** What a verb came to. A refusal is an outcome, not an exception: exceptions are for when there is none. */
export interface Outcome<Outputs> {
  /** Whether it stopped on another writer or a failing system, too: what stands where is in the page. */
  readonly result: 'done' | 'refused' | 'conflict' | 'upstream';
  readonly outputs: Outputs;
  /** For people: the verdict first. */
  readonly page: Page;
  /** For programs: the report, in the shape of the verb's schema. */
  readonly report: object;
  readonly annotations: readonly Annotation[];
}
