import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { markdown } from '@passmuster/report/markdown.ts';
import { terminalLines } from '@passmuster/report/terminal.ts';
import type { Ports } from '@passmuster/verbs/moving/ports.ts';
import { reportSchema, type StatusReport } from '@passmuster/verbs/status/report.ts';
import { status } from '@passmuster/verbs/status/run.ts';
import { spec } from '@passmuster/verbs/status/spec.ts';
import { onTestFinished } from 'vitest';
import {
  around,
  emptyRegistry,
  LEASE,
  looking,
  openRegistry,
} from '../register/running.fixture.ts';
import { runnerOf } from '../run-verb.ts';
import { folderWith } from '../verify/folder.ts';

const told = runnerOf(spec, status, reportSchema());

const DEFAULTS = { config: 'passmuster.yaml' };

/** The verb with real ports, as a step or a terminal would run it. */
export async function run(
  registry: string,
  given: Readonly<Record<string, string>>,
  ports: Partial<Ports> = {},
) {
  const outcome = await told(
    { ...DEFAULTS, registry, ...given },
    {
      ...around(),
      files: diskFiles(),
      forge: undefined,
      openRegistry: () => openRegistry(registry),
      lease: LEASE,
      ...ports,
    },
  );
  const report = outcome.report as StatusReport;
  const lines = terminalLines(outcome.page, { colour: false, width: 100 });
  return { ...outcome, report, page: markdown(outcome.page, 1e6), text: lines.join('\n') };
}

/** The verb stands in a folder with this policy until the test is over. */
export async function standingWith(policy: string): Promise<void> {
  const folder = await folderWith({ 'passmuster.yaml': policy });
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
}

/** A registry with so many versions of some models. */
export async function registryWith(versions: number, ...models: readonly string[]) {
  const address = await emptyRegistry();
  const registry = await looking(address);
  for (const name of models) {
    await registry.createModel({ name });
    for (let at = 1; at <= versions; at++) {
      await registry.createVersion({ model: name, source: `s3://m/${at}` });
    }
  }
  return { address, registry };
}

/** What the report says of one environment of the first model. */
export const environmentOf = (
  { report }: Awaited<ReturnType<typeof run>>,
  name = 'production',
): StatusReport['models'][number]['environments'][number] | undefined =>
  report.models[0]?.environments.find(({ environment }) => environment === name);
