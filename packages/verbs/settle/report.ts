import { oneOf } from '@passmuster/core/shape/choice.ts';
import { optional } from '@passmuster/core/shape/keys.ts';
import { list } from '@passmuster/core/shape/list.ts';
import { record } from '@passmuster/core/shape/record.ts';
import { type JsonSchema, jsonSchema, type Shaped } from '@passmuster/core/shape/shape.ts';
import { text } from '@passmuster/core/shape/text.ts';
import { answeredShape, moverShape, partyShape } from '../moving/report-shapes.ts';

const lost = record(
  {
    ticket: text({ description: 'Its number.' }),
    digest: optional(text({ description: 'Its digest, where that was seen.' })),
  },
  { description: 'A ticket.' },
);

/** What `settle` tells programs. */
const settleReport = record(
  {
    outcome: oneOf(['settled', 'unchanged', 'planned', 'refused'], {
      description: 'How it ended.',
    }),
    model: text({ description: 'The registered model.' }),
    environment: text({ description: 'Where it was settled.' }),
    registry: text({ description: 'The address of the registry.' }),
    policy: oneOf(['default-branch', 'file', 'none'], { description: 'Where the policy is from.' }),
    reason: text({ description: 'Why it is right as it stands.' }),
    promotion_id: optional(text({ description: 'The id of the record.' })),
    record: optional(text({ description: 'The ticket that is the record.' })),
    from: optional(partyShape('What the ledger had there.')),
    to: optional(partyShape('What stands there.')),
    who: optional(moverShape),
    accepted: list(text({ description: 'A sentence.' }), {
      description: 'What is wrong with the ledger, and was taken as it is.',
    }),
    lost: list(lost, { description: 'Tickets that were seen, and that the ledger does not have.' }),
    answered: answeredShape,
    refused: optional(text({ description: 'Why it was refused.' })),
  },
  { description: 'The outcome of `passmuster settle`.' },
);

export type SettleReport = Shaped<typeof settleReport>;

export const reportSchema = (): JsonSchema =>
  jsonSchema(settleReport, {
    id: 'https://raw.githubusercontent.com/passmuster/passmuster/v1/schemas/settle-report.schema.json',
    title: 'The report of passmuster settle',
  });
