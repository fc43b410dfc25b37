import { Source } from '@passmuster/core/shape/source.ts';

/** The value of a YAML text; numbers that are not finite are read as such. */
export async function readYamlText(text: string, file: string): Promise<unknown> {
  // Slow to start, and most evaluations are JSON.
  const [{ Problems }, { readYaml }] = await Promise.all([
    import('@passmuster/core/yaml/problems.ts'),
    import('@passmuster/core/yaml/read.ts'),
  ]);
  const problems = new Problems(new Source(text, file));
  const { value } = readYaml(problems, { message: 'The file is empty.' }, 'any');
  problems.throwAny();
  return value;
}
