import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import { metricsListed } from '@passmuster/evidence/evaluations/dvc-yaml.ts';
import { readEvaluation } from '@passmuster/evidence/evaluations/index.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { markdown } from '@passmuster/report/markdown.ts';
import type { Ports } from '@passmuster/verbs/validate/ports.ts';
import { reportSchema, type ValidateReport } from '@passmuster/verbs/validate/report.ts';
import { validate } from '@passmuster/verbs/validate/run.ts';
import { spec } from '@passmuster/verbs/validate/spec.ts';
import { Ajv } from 'ajv';
import { expect, onTestFinished } from 'vitest';
import { around, openRegistry } from '../register/running.fixture.ts';
import { folderWith } from '../verify/folder.ts';

const validReport = new Ajv().compile(reportSchema());

const DEFAULTS = { config: 'passmuster.yaml' };

/** The verb with real ports, as a step or a terminal would run it. */
export async function run(
  registry: string,
  given: Readonly<Record<string, string>>,
  ports: Partial<Ports> = {},
) {
  const raw = new Map(Object.entries({ ...DEFAULTS, registry, ...given }));
  const reading = readInputs(spec, raw, (name) => name);
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  const { report, ...outcome } = await validate(reading.inputs, {
    ...around(),
    files: diskFiles(),
    forge: undefined,
    openRegistry: () => openRegistry(registry),
    readEvaluation,
    metricsListed,
    ...ports,
  });
  expect(validReport(report), JSON.stringify(validReport.errors)).toBe(true);
  const page = markdown(outcome.page, 1e6).replace(/[\\`]/g, '');
  return { ...outcome, report: report as ValidateReport, page };
}

/** These files stand where the verb looks for them, until the test is over. */
export async function standingIn(files: Readonly<Record<string, string>>): Promise<void> {
  const folder = await folderWith(files);
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
}
