import { expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';
import { act, makeRepository } from './act.ts';

const WORKFLOW = `
on: workflow_dispatch
permissions: {}
jobs:
  verify:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - id: made
        if: github.event.inputs.spoil != 'true'
        uses: passmuster/passmuster/actions/verify@v1
        with:
          path: model
          write: true
      - id: held
        uses: passmuster/passmuster/actions/verify@v1
        with:
          path: model
          expect-version: v1.2.0
          allow-extra: |
            *.md
      - run: echo "verdict=$VERDICT files=$FILES digest=$DIGEST report=$(cat "$REPORT" | head -c 20 | tr -d '\\n')"
        if: always()
        env:
          VERDICT: \${{ steps.held.outputs.verdict }}
          FILES: \${{ steps.held.outputs.files }}
          DIGEST: \${{ steps.held.outputs.digest }}
          REPORT: \${{ steps.held.outputs.report }}
`;

const FILES = {
  '.github/workflows/verify.yml': WORKFLOW,
  'model/VERSION': 'v1.2.0\n',
  'model/README.md': '# A model\n',
  'model/weights/model.bin': 'weights',
};

async function dispatched(files: Record<string, string>, ...args: string[]) {
  const folder = await folderWith(files);
  await makeRepository(folder);
  return act(folder, 'workflow_dispatch', ...args);
}

test('a job that must pass', async () => {
  const { code, output } = await dispatched(FILES);
  expect(code, output).toBe(0);
  expect(output).toContain('│ PASS model/passmuster.manifest.json now lists 3 files');
  expect(output).toContain('│ PASS 3 files (24 B) are as listed in model/passmuster.manifest.json');
  expect(output).toMatch(
    /verdict=pass files=3 digest=sha256:[0-9a-f]{64} report=\{ {2}"verdict": "pass/,
  );
  expect(output).toMatch(/Job succeeded/);
});

test('a job that must fail', async () => {
  const manifest = `${'a'.repeat(64)}  weights/model.bin\n${'b'.repeat(64)}  gone.bin\n`;
  const files = { ...FILES, 'model/passmuster.manifest.json': manifest };
  const { code, output } = await dispatched(files, '--input', 'spoil=true');
  expect(code, output).not.toBe(0);
  expect(output).toContain('│ FAIL the files are not those listed in');
  expect(output).toContain('1 changed, 1 missing, 1 extra');
  expect(output).toMatch(/❗|::error/);
  expect(output).toMatch(/verdict=fail files=0 digest= report=\{ {2}"verdict": "fail/);
  expect(output).toMatch(/Job failed/);
});

test('a job whose input is misspelt', async () => {
  const workflow = WORKFLOW.replace('allow-extra:', 'allow-extras:');
  const files = { ...FILES, '.github/workflows/verify.yml': workflow };
  const { code, output } = await dispatched(files);
  expect(code, output).not.toBe(0);
  expect(output).toContain('`allow-extras` is no input of verify. Did you mean `allow-extra`?');
});
