import type { EvaluationFile } from '@passmuster/core/evidence/evaluation-files.ts';
import type { Reading } from '@passmuster/core/evidence/measured.ts';
import { found } from '@passmuster/core/quote.ts';
import { readCsv } from './csv.ts';
import { Findings } from './findings.ts';
import { type Format, formatOf, frontMatter } from './format.ts';
import { readJson } from './json.ts';
import { readJsonl } from './jsonl.ts';
import { readJunit } from './junit.ts';
import { readModelIndex } from './model-index.ts';
import { namedVersion } from './named-version.ts';
import { READERS } from './readers.ts';
import { evaluationText } from './text.ts';
import { readYamlText } from './yaml.ts';

type Read = (text: string, findings: Findings) => void | Promise<void>;

function readDocument(document: unknown, findings: Findings): void {
  findings.isAbout(namedVersion(document));
  if (READERS.some((read) => read(document, findings))) return;
  findings.fail(`The file holds ${found(document)}; expected a map of metrics.`);
}

async function readCard(text: string, findings: Findings): Promise<void> {
  const front = frontMatter(text);
  if (front === undefined) {
    return findings.fail(
      'The card has no front matter; expected `---`, `model-index`, `---` on top.',
    );
  }
  const document = await readYamlText(front, findings.file.path);
  if (!readModelIndex(document, findings)) {
    findings.remark('The front matter of the card has no `model-index`.');
  }
}

const BY_FORMAT: Readonly<Record<Format, Read>> = {
  json: (text, findings) => readDocument(readJson(text, findings.file.path), findings),
  yaml: async (text, findings) =>
    readDocument(await readYamlText(text, findings.file.path), findings),
  jsonl: readJsonl,
  card: readCard,
  csv: readCsv,
  xml: readJunit,
};

/**
 * All that an evaluation file says, whatever wrote it: told by what it looks like, not by its name.
 * Throws when it is broken as a file. Nothing that is no number becomes one.
 */
export async function readEvaluation(bytes: Uint8Array, file: EvaluationFile): Promise<Reading> {
  const text = evaluationText(bytes, file.path);
  const findings = new Findings(file);
  await BY_FORMAT[formatOf(text, file.path)](text, findings);
  return findings.reading();
}
