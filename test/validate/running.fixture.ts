import { metricsListed } from '@passmuster/evidence/evaluations/dvc-yaml.ts';
import { readEvaluation } from '@passmuster/evidence/evaluations/index.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { markdown } from '@passmuster/report/markdown.ts';
import type { Ports } from '@passmuster/verbs/validate/ports.ts';
import { reportSchema, type ValidateReport } from '@passmuster/verbs/validate/report.ts';
import { validate } from '@passmuster/verbs/validate/run.ts';
import { spec } from '@passmuster/verbs/validate/spec.ts';
import { onTestFinished } from 'vitest';
import { around, openRegistry } from '../register/running.fixture.ts';
import { runnerOf } from '../run-verb.ts';
import { folderWith } from '../verify/folder.ts';

const told = runnerOf(spec, validate, reportSchema());

const DEFAULTS = { config: 'passmuster.yaml' };

/** The verb with real ports, as a step or a terminal would run it. */
export async function run(
  registry: string,
  given: Readonly<Record<string, string>>,
  ports: Partial<Ports> = {},
) {
  const { report, ...outcome } = await told(
    { ...DEFAULTS, registry, ...given },
    {
      ...around(),
      files: diskFiles(),
      forge: undefined,
      openRegistry: () => openRegistry(registry),
      readEvaluation,
      metricsListed,
      ...ports,
    },
  );
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
