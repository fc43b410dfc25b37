import { markdown } from '@passmuster/report/markdown.ts';
import { type RollbackReport, reportSchema } from '@passmuster/verbs/rollback/report.ts';
import { rollback } from '@passmuster/verbs/rollback/run.ts';
import { spec } from '@passmuster/verbs/rollback/spec.ts';
import { runnerOf } from '../run-verb.ts';
import { attended, type Differing, MODEL, portsFor } from './moving.fixture.ts';

const told = runnerOf(spec, rollback, reportSchema());

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
  const ports = portsFor(registry, { host: attended(), ...differing });
  const { report, ...outcome } = await told({ ...DEFAULTS, registry, ...given }, ports);
  const page = markdown(outcome.page, 1e6).replace(/[\\`]/g, '');
  return { ...outcome, report: report as RollbackReport, page, rendered: outcome.page };
}
