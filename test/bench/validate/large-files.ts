import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MEGABYTES_10 = 10_000_000;

const numbered = <Value>(many: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: many }, (_, index) => make(index));

/** As promptfoo writes it: a result for each test, with all that was said. */
function withSamples(): object {
  const output = 'The quick brown fox jumps over the lazy dog. '.repeat(40);
  const results = numbered(5_000, (index) => ({
    id: `test-${index}`,
    prompt: { raw: `Question ${index}: ${output.slice(0, 100)}` },
    response: { output },
    success: true,
    score: (index % 100) / 100,
    latencyMs: 100 + (index % 900),
  }));
  return { results: { stats: { successes: 5_000, failures: 0, errors: 0 }, results } };
}

export const metricName = (index: number): string =>
  `accuracy_of_${'a_rather_long_name_of_a_part_'.repeat(2)}${index}`;

/** Nothing but metrics, as many as one file may hold. */
function ofMetrics(): object {
  return Object.fromEntries(numbered(99_000, (index) => [metricName(index), 1 / (index + 1)]));
}

/** Two files of some 10 MB, and where they are. */
export function writeLargeFiles(folder: string): Record<'samples' | 'metrics', string> {
  const write = (name: string, content: object): string => {
    const text = JSON.stringify(content);
    if (text.length < 0.9 * MEGABYTES_10 || text.length > 1.1 * MEGABYTES_10) {
      throw new Error(`${name} has ${text.length} characters`);
    }
    const file = join(folder, `${name}.json`);
    writeFileSync(file, text);
    return file;
  };
  return { samples: write('samples', withSamples()), metrics: write('metrics', ofMetrics()) };
}
