/** A list of words as people read it. */
export const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** The words that the name of a metric is made of. */
export const wordsIn = (metric: string): readonly string[] =>
  metric
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
