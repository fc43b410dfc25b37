import { boolean, oneOf } from '@passmuster/core/shape/choice.ts';
import { optional } from '@passmuster/core/shape/keys.ts';
import { list } from '@passmuster/core/shape/list.ts';
import { integer } from '@passmuster/core/shape/number.ts';
import { record } from '@passmuster/core/shape/record.ts';
import { type JsonSchema, jsonSchema, type Shaped } from '@passmuster/core/shape/shape.ts';
import { text } from '@passmuster/core/shape/text.ts';

const digest = (description: string) => text({ description });

const dataset = record(
  {
    name: text({ description: 'Its name.' }),
    version: text({ description: 'Its version.' }),
    digest: digest('Its digest, with the algorithm before it.'),
  },
  { description: 'Data that it was trained on.' },
);

const evaluation = record(
  {
    path: text({ description: 'Where it stood, relative to the folder of the run.' }),
    digest: digest('SHA-256 of its bytes.'),
  },
  { description: 'An evaluation file that is evidence for this version.' },
);

const baseModel = record(
  {
    name: text({ description: 'Its name.' }),
    version: optional(text({ description: 'Its version.' })),
    digest: optional(digest('Its digest.')),
  },
  { description: 'The model that it was made from.' },
);

const checkedOut = record(
  {
    commit: text({ description: 'The whole commit.' }),
    dirty: boolean({ description: 'Whether files differed from it.' }),
    repository: optional(text({ description: 'Where it is kept.' })),
  },
  { description: 'The code that it was registered from.' },
);

/** What `register` tells programs. */
const registerReport = record(
  {
    outcome: oneOf(['registered', 'unchanged', 'adopted', 'planned', 'refused'], {
      description: 'How it ended.',
    }),
    model: text({ description: 'The registered model.' }),
    version: text({ description: 'What the version is called.' }),
    number: text({ description: 'The registry’s number of it; empty when there is none.' }),
    ticket: text({ description: 'The entry of the ledger that seals it; empty when none does.' }),
    registry: text({ description: 'The address of the registry.' }),
    policy: oneOf(['default-branch', 'file', 'none'], { description: 'Where the policy is from.' }),
    source: text({ description: 'Where the files are kept.' }),
    run_id: text({ description: 'The run that made it; empty when none is named.' }),
    digest: optional(digest('The root digest of its files.')),
    files: optional(integer({ description: 'How many files were hashed.', minimum: 0 })),
    bytes: optional(integer({ description: 'Their size together.', minimum: 0 })),
    base_model: optional(baseModel),
    architecture: optional(text({ description: 'As its configuration names it.' })),
    datasets: list(dataset, { description: 'What it was trained on.' }),
    evaluations: list(evaluation, { description: 'Files that are bound to it.' }),
    code: optional(checkedOut),
    manifest: optional(text({ description: 'Where the registry keeps the manifest.' })),
    since: optional(
      record(
        {
          version: text({ description: 'The release before it.' }),
          changes: list(text({ description: 'A sentence.' }), { description: 'What changed.' }),
        },
        { description: 'How it differs from the release before it.' },
      ),
    ),
    refused: optional(text({ description: 'Why it was refused.' })),
  },
  { description: 'The outcome of `passmuster register`.' },
);

export type RegisterReport = Shaped<typeof registerReport>;

export const reportSchema = (): JsonSchema =>
  jsonSchema(registerReport, {
    id: 'https://raw.githubusercontent.com/passmuster/passmuster/v1/schemas/register-report.schema.json',
    title: 'The report of passmuster register',
  });
