import { boolean, oneOf } from '@passmuster/core/shape/choice.ts';
import { optional } from '@passmuster/core/shape/keys.ts';
import { list } from '@passmuster/core/shape/list.ts';
import { integer, number } from '@passmuster/core/shape/number.ts';
import { record } from '@passmuster/core/shape/record.ts';
import { type JsonSchema, jsonSchema, type Shaped } from '@passmuster/core/shape/shape.ts';
import { text } from '@passmuster/core/shape/text.ts';

const sentences = (description: string) =>
  list(text({ description: 'A sentence.' }), { description });

const origin = record(
  {
    kind: oneOf(['run', 'logged-model', 'file'], { description: 'What kind of source.' }),
    id: optional(text({ description: 'Of the run or logged model.' })),
    step: optional(integer({ description: 'The step that it was logged at.' })),
    run: optional(text({ description: 'The run that logged it for the model.' })),
    path: optional(text({ description: 'Of the file.' })),
    digest: optional(text({ description: 'SHA-256 of the bytes of the file.' })),
    at: optional(text({ description: 'Where in the file.' })),
  },
  { description: 'Where a number stands.' },
);

/** JSON has no word for NaN and infinities. */
const value = (description: string) => number({ description });

const binding = {
  bound: optional(boolean({ description: 'Whether it provably speaks of this version.' })),
  unbound_because: optional(text({ description: 'Why not.' })),
};

const disagreeing = record(
  { value: text({ description: 'What is said, as it is written.' }), origin, ...binding },
  { description: 'What one source says.' },
);

const metricKeys = {
  metric: text({ description: 'Its name.' }),
  slice: optional(text({ description: 'The part of the data.' })),
  value: optional(value('As it was measured; absent where it is no finite number.')),
  not_a_number: optional(text({ description: 'What stands in place of a finite number.' })),
  samples: optional(integer({ description: 'How many it speaks of.' })),
  standard_error: optional(value('Of the value.')),
  dataset: optional(text({ description: 'The data that it was measured on.' })),
  dataset_digest: optional(text({ description: 'The digest of that data.' })),
  ...binding,
  origin: optional(origin),
};

const metric = record(
  {
    ...metricKeys,
    conflict: optional(
      list(disagreeing, {
        description: 'What sources say that do not agree, in place of a value.',
      }),
    ),
  },
  { description: 'One metric.' },
);

const used = record(
  { of: oneOf(['candidate', 'champion'], { description: 'Whose.' }), ...metricKeys },
  { description: 'A number that a gate was judged by.' },
);

const subject = record(
  {
    number: text({ description: 'The registry’s number.' }),
    name: optional(text({ description: 'The name that `register` sealed.' })),
    run_id: optional(text({ description: 'The run that made it.' })),
    by: optional(text({ description: 'What says that it is the champion.' })),
  },
  { description: 'A version.' },
);

const waived = record(
  {
    until: text({ description: 'The last day in UTC, or the moment at which it ends.' }),
    approver: text({ description: 'Who has agreed to it.' }),
    reason: text({ description: 'Why.' }),
    ended: optional(boolean({ description: 'True once it is over, and the gate counts again.' })),
  },
  {
    description:
      'The waiver that the policy has for the gate; while it lasts, the gate stands in nobody’s way.',
  },
);

const gate = record(
  {
    gate: text({ description: 'As it was written.' }),
    level: oneOf(['fail', 'warn'], { description: 'What it does when it does not pass.' }),
    verdict: oneOf(['pass', 'fail', 'inconclusive', 'not-applicable'], { description: 'Its end.' }),
    in_force: optional(
      boolean({ description: 'Whether it counts, where some gates are only proposed.' }),
    ),
    value: optional(value('The left side.')),
    bound: optional(value('The right side, as computed.')),
    margin: optional(value('How far it is on the good side; negative where it fails.')),
    reasons: sentences('Why it did not pass.'),
    from: text({ description: 'Who says it.' }),
    file: optional(text({ description: 'Where it is written.' })),
    line: optional(integer({ description: 'The line there.' })),
    used: list(used, { description: 'The numbers that it was judged by.' }),
    not_proven: optional(text({ description: 'What is not proven about the comparison.' })),
    waived: optional(waived),
  },
  { description: 'One gate and what it came to.' },
);

/** What `validate` tells programs. */
const validateReport = record(
  {
    verdict: oneOf(['pass', 'fail', 'inconclusive'], {
      description:
        'The gates in force together; those that are proposed where there is none, and then never a pass.',
    }),
    proposed_verdict: optional(
      oneOf(['pass', 'fail', 'inconclusive'], {
        description: 'All gates together, where some are only proposed.',
      }),
    ),
    in_force: boolean({ description: 'Whether the policy that judged is in force.' }),
    model: optional(text({ description: 'The registered model.' })),
    environment: optional(text({ description: 'Where it is to go.' })),
    registry: optional(text({ description: 'The address of the registry, where one was asked.' })),
    policy: oneOf(['base-branch', 'default-branch', 'pull-request', 'file', 'none'], {
      description: 'Where the policy is from.',
    }),
    candidate: optional(subject),
    champion: optional(subject),
    champion_files: optional(
      list(text({ description: 'A path.' }), {
        description: 'The files that stand for the champion, where no version does.',
      }),
    ),
    champion_missing: optional(text({ description: 'Why there is no champion to compare with.' })),
    gates: list(gate, { description: 'Every gate, those that stand in the way first.' }),
    evidence: list(metric, { description: 'Every metric of the candidate that was found.' }),
    champion_evidence: list(metric, { description: 'The same of the champion.' }),
    remarks: sentences('What a reader should know.'),
  },
  { description: 'The outcome of `passmuster validate`.' },
);

export type ValidateReport = Shaped<typeof validateReport>;

export const reportSchema = (): JsonSchema =>
  jsonSchema(validateReport, {
    id: 'https://raw.githubusercontent.com/passmuster/passmuster/v1/schemas/validate-report.schema.json',
    title: 'The report of passmuster validate',
  });
