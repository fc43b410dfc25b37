import { markdown } from '@passmuster/report/markdown.ts';
import { reportSchema, type SettleReport } from '@passmuster/verbs/settle/report.ts';
import { settle } from '@passmuster/verbs/settle/run.ts';
import { spec } from '@passmuster/verbs/settle/spec.ts';
import { type Differing, MODEL, portsFor } from '../rollback/moving.fixture.ts';
import { runnerOf } from '../run-verb.ts';

const told = runnerOf(spec, settle, reportSchema());

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
  const ports = portsFor(registry, differing);
  const { report, ...outcome } = await told({ ...DEFAULTS, registry, ...given }, ports);
  const page = markdown(outcome.page, 1e6).replace(/[\\`]/g, '');
  return { ...outcome, report: report as SettleReport, page, rendered: outcome.page };
}
