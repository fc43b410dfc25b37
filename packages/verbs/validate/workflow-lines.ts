import { InputError, type Place } from '@passmuster/core/errors.ts';
import type { Files } from '@passmuster/core/files.ts';
import type { GateSource } from '@passmuster/core/gates/gate.ts';
import { gateLines } from '@passmuster/core/gates/lines.ts';
import { decodeUtf8 } from '@passmuster/core/utf8.ts';
import type { Ports } from './ports.ts';

const MOST_BYTES = 1024 * 1024;

/** What may stand before a gate on a line of YAML: a list's dash, the key, quotes. */
const BEFORE = /^\s*(?:-\s+)?(?:gates:\s*)?(?:warn:\s*)?["']?/;

/** A gate of a step stands in the file of its workflow, if just one line there holds it. */
export async function workflowPlaces({
  files,
  workflowFile: file,
}: Pick<Ports, 'workflowFile'> & {
  readonly files: Pick<Files, 'read'>;
}): Promise<(text: string) => Place | undefined> {
  if (file === undefined) return () => undefined;
  const places = new Map<string, Place | 'several'>();
  for (const [index, line] of (await linesOf(file, files)).entries()) {
    const before = BEFORE.exec(line)?.[0].length ?? 0;
    const [gate]: (GateSource | undefined)[] = gateLines(line.slice(before).replace(/["']$/, ''));
    if (gate === undefined) continue;
    const column = line.indexOf(gate.text, before) + 1;
    const place = { file, line: index + 1, column };
    places.set(gate.text, places.has(gate.text) ? 'several' : place);
  }
  return (text) => {
    const place = places.get(text);
    return place === 'several' ? undefined : place;
  };
}

/** What stands there in this job may be anything: it only helps to find a line, so it stops nothing. */
async function linesOf(file: string, files: Pick<Files, 'read'>): Promise<string[]> {
  try {
    const bytes = await files.read(file, MOST_BYTES);
    return bytes === undefined ? [] : decodeUtf8(bytes, file).split(/\r?\n/);
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}
