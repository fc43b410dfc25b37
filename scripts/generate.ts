import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { actionYml } from '../packages/action-kit/spec/action-yml.ts';
import { withApi } from '../packages/action-kit/spec/api-table.ts';
import type { VerbSpec } from '../packages/action-kit/spec/verb.ts';
import { policySchema } from '../packages/core/policy/schema.ts';
import { reportSchema as deployReport } from '../packages/verbs/deploy/report.ts';
import { reportSchema as promoteReport } from '../packages/verbs/promote/report.ts';
import { spec as promotion } from '../packages/verbs/promotion/spec.ts';
import { reportSchema as registerReport } from '../packages/verbs/register/report.ts';
import { reportSchema as rollbackReport } from '../packages/verbs/rollback/report.ts';
import { reportSchema as settleReport } from '../packages/verbs/settle/report.ts';
import { reportSchema as statusReport } from '../packages/verbs/status/report.ts';
import { reportSchema as validateReport } from '../packages/verbs/validate/report.ts';
import { reportSchema as verifyReport } from '../packages/verbs/verify/report.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const current = (file: string): Promise<string> => readFile(root + file, 'utf8').catch(() => '');

const schemaText = (schema: object): string => `${JSON.stringify(schema, undefined, 2)}\n`;

async function ofAction(name: string): Promise<[string, string][]> {
  const { spec }: { spec: VerbSpec } = await import(`../packages/verbs/${name}/spec.ts`);
  const readme = `actions/${name}/README.md`;
  return [
    [`actions/${name}/action.yml`, actionYml(spec)],
    [readme, withApi(await current(readme), spec)],
  ];
}

/** What is not a folder there is the entry of the root action. */
export async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** Every file that follows from a definition, with the text that it should have. */
async function generated(): Promise<Map<string, string>> {
  const ofActions = await Promise.all((await foldersIn(`${root}actions`)).map(ofAction));
  return new Map([
    ...ofActions.flat(),
    ['action.yml', actionYml(promotion, '')],
    ['passmuster.schema.json', schemaText(policySchema())],
    ['schemas/deploy-report.schema.json', schemaText(deployReport())],
    ['schemas/promote-report.schema.json', schemaText(promoteReport())],
    ['schemas/register-report.schema.json', schemaText(registerReport())],
    ['schemas/status-report.schema.json', schemaText(statusReport())],
    ['schemas/rollback-report.schema.json', schemaText(rollbackReport())],
    ['schemas/settle-report.schema.json', schemaText(settleReport())],
    ['schemas/validate-report.schema.json', schemaText(validateReport())],
    ['schemas/verify-report.schema.json', schemaText(verifyReport())],
  ]);
}

/** The generated files that are not what their definitions say; `standIn` may stand in for one on disk. */
export async function staleFiles(
  standIn: (file: string) => Promise<string | undefined> = async () => undefined,
): Promise<string[]> {
  const files = await generated();
  const stale = await Promise.all(
    [...files].map(async ([file, text]) =>
      ((await standIn(file)) ?? (await current(file))) === text ? [] : [file],
    ),
  );
  return stale.flat();
}

if (import.meta.main) {
  const files = await generated();
  for (const file of await staleFiles()) {
    await writeFile(root + file, files.get(file) ?? '');
    console.log(`wrote ${file}`);
  }
}
