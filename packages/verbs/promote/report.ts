import { oneOf } from '@passmuster/core/shape/choice.ts';
import { optional } from '@passmuster/core/shape/keys.ts';
import { list } from '@passmuster/core/shape/list.ts';
import { integer, number } from '@passmuster/core/shape/number.ts';
import { record } from '@passmuster/core/shape/record.ts';
import { type JsonSchema, jsonSchema, type Shaped } from '@passmuster/core/shape/shape.ts';
import { text } from '@passmuster/core/shape/text.ts';
import { answeredShape, STEP_KINDS } from '../moving/report-shapes.ts';

const said = (description: string) => text({ description });
const sentences = (description: string) => list(said('A sentence.'), { description });

const partyKeys = {
  number: said('The registry’s number.'),
  version: optional(said('The name that `register` sealed.')),
  digest: optional(said('The root digest of its files.')),
};

const party = record(partyKeys, { description: 'A version.' });

const from = record(
  { ...partyKeys, ticket: optional(said('The ticket that made it what was there.')) },
  { description: 'The version that was there; absent where there was none.' },
);

const step = record(
  {
    kind: oneOf(STEP_KINDS, { description: 'Whose place it is.' }),
    place: said('Which one.'),
    before: said('What stood there.'),
    after: said('What is to stand there.'),
  },
  { description: 'One place that changes.' },
);

const stands = record(
  {
    kind: said('Whose place it is.'),
    place: said('Which one.'),
    value: said('What stands there.'),
    by: optional(said('Who has put it there, where that is known.')),
  },
  { description: 'A place and what stands there now.' },
);

const waived = record(
  { until: said('When it ends.'), approver: said('Who approved it.'), reason: said('Why.') },
  { description: 'Why it need not pass for a while.' },
);

const gate = record(
  {
    gate: said('As it was written.'),
    level: oneOf(['fail', 'warn'], { description: 'What it does when it does not pass.' }),
    verdict: oneOf(['pass', 'fail', 'inconclusive', 'not-applicable'], { description: 'Its end.' }),
    value: optional(number({ description: 'The left side.' })),
    bound: optional(number({ description: 'The right side, as computed.' })),
    waived: optional(waived),
  },
  { description: 'One gate and what it came to.' },
);

const approval = record(
  {
    by: said('Who approved.'),
    kind: oneOf(['review', 'environment'], { description: 'How.' }),
    pull_request: optional(integer({ description: 'Of the review.' })),
    commit: optional(said('What was reviewed.')),
    at: optional(said('When.')),
  },
  { description: 'An approval that counts.' },
);

const override = record(
  { reason: said('Why.'), passed: list(said('What.'), { description: 'What was passed over.' }) },
  { description: 'What was passed over by somebody’s word.' },
);

/** What there is to tell of every move that was judged. */
export const promoteKeys = {
  outcome: oneOf(['promoted', 'unchanged', 'planned', 'refused', 'put-back', 'stopped'], {
    description: 'How it ended.',
  }),
  model: said('The registered model.'),
  environment: said('Where it was to go.'),
  from: optional(from),
  to: party,
  promotion_id: optional(said('The id of the promotion.')),
  plan: optional(said('The digest of the plan.')),
  steps: list(step, { description: 'What changes, in order.' }),
  stands: list(stands, { description: 'What stands where, where it was stopped.' }),
  displaced: list(said('A number.'), {
    description: 'Versions that were archived along with it.',
  }),
  answered: answeredShape,
  record: optional(said('The ticket that holds the record.')),
  verdict: optional(oneOf(['pass', 'fail', 'inconclusive'], { description: 'Of all gates.' })),
  gates: list(gate, { description: 'Every gate.' }),
  evidence: list(said('A source and its digest.'), { description: 'What was judged by.' }),
  approvals: list(approval, { description: 'Those that count.' }),
  missing_approvals: sentences('What is still needed.'),
  override: optional(override),
  obstacles: sentences('What stands against it.'),
  remarks: sentences('What a reader should know.'),
  cause: optional(said('Why it went back, or could not go on.')),
  policy: oneOf(['default-branch', 'file', 'none'], { description: 'Where the policy is from.' }),
  registry: said('The address of the registry.'),
  ledger: said('The registered model that is the ledger.'),
};

/** What `promote` tells programs. */
const promoteReport = record(promoteKeys, { description: 'The outcome of `passmuster promote`.' });

export type PromoteReport = Shaped<typeof promoteReport>;

export const reportSchema = (): JsonSchema =>
  jsonSchema(promoteReport, {
    id: 'https://raw.githubusercontent.com/passmuster/passmuster/v1/schemas/promote-report.schema.json',
    title: 'The report of passmuster promote',
  });
