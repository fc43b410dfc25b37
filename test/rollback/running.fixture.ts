import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import { markdown } from '@passmuster/report/markdown.ts';
import { type RollbackReport, reportSchema } from '@passmuster/verbs/rollback/report.ts';
import { rollback } from '@passmuster/verbs/rollback/run.ts';
import { spec } from '@passmuster/verbs/rollback/spec.ts';
import { Ajv } from 'ajv';
import { expect } from 'vitest';
import { attended, type Differing, MODEL, portsFor } from './moving.fixture.ts';

const validReport = new Ajv().compile(reportSchema());

const DEFAULTS = {
  model: MODEL,
  environment: 'production',
  reason: 'errors doubled',
  config: 'passmuster.yaml',
};

/** The verb, as a person at a terminal would run it; or a step, where the host says so. */
export async function run(
  registry: string,
  given: Readonly<Record<string, string>> = {},
  differing: Differing = {},
) {
  const raw = new Map(Object.entries({ ...DEFAULTS, registry, ...given }));
  const reading = readInputs(spec, raw, (name) => name);
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  const ports = portsFor(registry, { host: attended(), ...differing });
  const { report, ...outcome } = await rollback(reading.inputs, ports);
  expect(validReport(report), JSON.stringify(validReport.errors)).toBe(true);
  const page = markdown(outcome.page, 1e6).replace(/[\\`]/g, '');
  return { ...outcome, report: report as RollbackReport, page, rendered: outcome.page };
}
