import { boolean, oneOf } from '@passmuster/core/shape/choice.ts';
import { optional } from '@passmuster/core/shape/keys.ts';
import { list } from '@passmuster/core/shape/list.ts';
import { integer } from '@passmuster/core/shape/number.ts';
import { record } from '@passmuster/core/shape/record.ts';
import { type JsonSchema, jsonSchema, type Shaped } from '@passmuster/core/shape/shape.ts';
import { text } from '@passmuster/core/shape/text.ts';

const HEX = (digits: number) => ({
  regex: new RegExp(`^[0-9a-f]{${digits}}$`, 'u'),
  says: `${digits} lower-case hexadecimal digits`,
});
const ROOT = { regex: /^sha256:[0-9a-f]{64}$/u, says: 'sha256: and 64 hexadecimal digits' };

const state = (description: string) =>
  record(
    {
      size: optional(integer({ description: 'Bytes.', minimum: 0 })),
      sha256: optional(text({ description: 'SHA-256 of the content.', patterns: [HEX(64)] })),
      md5: optional(text({ description: 'MD5 of the content, for DVC.', patterns: [HEX(32)] })),
    },
    { description },
  );

const difference = record(
  {
    what: oneOf(['changed', 'missing', 'extra', 'refused'], {
      description: 'How the file differs; a refused one was not read.',
    }),
    path: text({ description: 'Relative to the folder.' }),
    expected: optional(state('What the manifest says; what it does not say is left out.')),
    found: optional(state('What stands on disk; a digest is left out when the size told enough.')),
    reason: optional(text({ description: 'Why a refused file was not read.' })),
  },
  { description: 'One file that is not as the manifest says.' },
);

/** What `verify` tells programs. */
const verifyReport = record(
  {
    verdict: oneOf(['pass', 'fail'], { description: 'Whether the files are the ones listed.' }),
    folder: text({ description: 'The folder, as it was named.' }),
    manifest: record(
      {
        file: text({ description: 'The manifest, as it was named.' }),
        kind: oneOf(['passmuster', 'sha256sums', 'dvc'], { description: 'What kind of manifest.' }),
        written: optional(
          oneOf(['new', 'replaced', 'unchanged', 'not written'], {
            description: 'What became of it, where the manifest was to be made.',
          }),
        ),
      },
      { description: 'What the files were held against.' },
    ),
    digest: optional(
      text({ description: 'The root digest over names, sizes and contents.', patterns: [ROOT] }),
    ),
    model_signing_digest: optional(
      text({
        description: 'The subject of an OpenSSF Model Signing signature over the same files.',
        patterns: [ROOT],
      }),
    ),
    files: integer({ description: 'Files that are as listed.', minimum: 0 }),
    bytes: integer({ description: 'Their size together.', minimum: 0 }),
    allowed_extra: integer({ description: 'Files that were allowed beside them.', minimum: 0 }),
    differences: list(difference, { description: 'Every difference that was found.' }),
    not_looked_at: list(text({ description: 'A path at the top.' }), {
      description: 'What stood in the folder and is no part of a model: what Git keeps.',
    }),
    version: optional(
      record(
        {
          expected: text({ description: 'The version that was asked for.' }),
          found: optional(text({ description: 'What the VERSION file holds, if there is one.' })),
          reason: optional(text({ description: 'Why there was nothing to compare.' })),
          matches: boolean({ description: 'Whether they are the same.' }),
        },
        { description: 'The VERSION file, where a version was expected.' },
      ),
    ),
    seal: optional(
      record(
        {
          model: text({ description: 'The registered model.' }),
          version: text({
            description: 'Its sealed name, or what was asked for where it has none.',
          }),
          number: text({ description: 'The registry’s number of it.' }),
          digest: optional(text({ description: 'The root digest that was sealed.' })),
          reason: optional(text({ description: 'Why there was nothing to compare.' })),
          matches: boolean({ description: 'Whether the files have that digest.' }),
        },
        { description: 'What `register` sealed, where a version was asked for.' },
      ),
    ),
  },
  { description: 'The outcome of `passmuster verify`.' },
);

export type VerifyReport = Shaped<typeof verifyReport>;

export const reportSchema = (): JsonSchema =>
  jsonSchema(verifyReport, {
    id: 'https://raw.githubusercontent.com/passmuster/passmuster/v1/schemas/verify-report.schema.json',
    title: 'The report of passmuster verify',
  });
