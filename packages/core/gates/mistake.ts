/** One thing that is wrong in the text of a gate. */
export interface Mistake {
  /** Where it stands in the text. */
  readonly at: number;
  readonly message: string;
  readonly hint: string;
}

export const TWO_LINES = 'Two gates are two lines: each is judged by itself, and each must pass.';

export const ONE_COMPARISON = 'A gate is one comparison, as `accuracy >= 0.85`.';
