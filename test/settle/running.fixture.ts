import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import { markdown } from '@passmuster/report/markdown.ts';
import { reportSchema, type SettleReport } from '@passmuster/verbs/settle/report.ts';
import { settle } from '@passmuster/verbs/settle/run.ts';
import { spec } from '@passmuster/verbs/settle/spec.ts';
import { Ajv } from 'ajv';
import { expect } from 'vitest';
import { type Differing, MODEL, portsFor } from '../rollback/moving.fixture.ts';

const validReport = new Ajv().compile(reportSchema());

const DEFAULTS = {
  model: MODEL,
  environment: 'production',
  reason: 'the registry had no network',
  config: 'passmuster.yaml',
};

/** The verb, as a step or a terminal would run it. */
export async function run(
  registry: string,
  given: Readonly<Record<string, string>> = {},
  differing: Differing = {},
) {
  const raw = new Map(Object.entries({ ...DEFAULTS, registry, ...given }));
  const reading = readInputs(spec, raw, (name) => name);
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  const { report, ...outcome } = await settle(reading.inputs, portsFor(registry, differing));
  expect(validReport(report), JSON.stringify(validReport.errors)).toBe(true);
  const page = markdown(outcome.page, 1e6).replace(/[\\`]/g, '');
  return { ...outcome, report: report as SettleReport, page, rendered: outcome.page };
}
