import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { markdown } from '@passmuster/report/markdown.ts';
import { reportSchema } from '@passmuster/verbs/verify/report.ts';
import { verify } from '@passmuster/verbs/verify/run.ts';
import { spec } from '@passmuster/verbs/verify/spec.ts';
import { Ajv } from 'ajv';
import { expect } from 'vitest';
import { noRegistry, surroundings } from '../surroundings.ts';
import { folderWith } from './folder.ts';

const validReport = new Ajv().compile(reportSchema());

export const MODEL = {
  VERSION: 'v1.2.0\n',
  'config.json': '{}',
  'weights/model-1.bin': 'one',
  'weights/model-2.bin': 'two',
};

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
export const md5 = (text: string) => createHash('md5').update(text).digest('hex');

export async function run(
  path: string,
  given: Record<string, string> = {},
  signal = new AbortController().signal,
  openRegistry = noRegistry,
) {
  const reading = readInputs(spec, new Map(Object.entries({ path, ...given })), (name) => name);
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  const outcome = await verify(reading.inputs, {
    files: diskFiles(),
    openRegistry,
    ...surroundings({ signal }),
  });
  expect(validReport(outcome.report), JSON.stringify(validReport.errors)).toBe(true);
  const headline = markdown(outcome.page, 1e6).split('\n')[0] ?? '';
  return {
    ...outcome,
    headline: headline.replace(/[\\`]/g, ''),
    page: markdown(outcome.page, 1e6),
  };
}

export async function registered(files: Record<string, string> = MODEL): Promise<string> {
  const folder = await folderWith(files);
  expect((await run(folder, { write: 'true' })).result).toBe('done');
  return folder;
}

export const manifestOf = (folder: string) =>
  readFile(join(folder, 'passmuster.manifest.json'), 'utf8');
