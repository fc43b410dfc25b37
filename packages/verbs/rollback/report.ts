import { oneOf } from '@passmuster/core/shape/choice.ts';
import { optional } from '@passmuster/core/shape/keys.ts';
import { list } from '@passmuster/core/shape/list.ts';
import { record } from '@passmuster/core/shape/record.ts';
import { type JsonSchema, jsonSchema, type Shaped } from '@passmuster/core/shape/shape.ts';
import { text } from '@passmuster/core/shape/text.ts';
import { answeredShape, moverShape, partyShape, stepShape } from '../moving/report-shapes.ts';

/** What `rollback` tells programs. */
const rollbackReport = record(
  {
    outcome: oneOf(['rolled-back', 'unchanged', 'planned', 'refused', 'put-back', 'stopped'], {
      description: 'How it ended.',
    }),
    model: text({ description: 'The registered model.' }),
    environment: text({ description: 'Where it went back.' }),
    registry: text({ description: 'The address of the registry.' }),
    policy: oneOf(['default-branch', 'file', 'none'], { description: 'Where the policy is from.' }),
    reason: text({ description: 'Why; of what is on record, where there is a record.' }),
    asked: record(
      {
        from: optional(text({ description: 'The number of the version to take out.' })),
        to: optional(
          text({ description: 'The number of the one to put back, where it was named.' }),
        ),
      },
      { description: 'What was asked for.' },
    ),
    promotion_id: optional(text({ description: 'The id of the move.' })),
    record: optional(text({ description: 'The ticket that is its record.' })),
    from: optional(partyShape('The version that was taken out.')),
    to: optional(partyShape('The version that was put back.')),
    live: optional(partyShape('What is live, where nothing moved.')),
    who: optional(moverShape),
    steps: list(stepShape, { description: 'What changed, or would.' }),
    displaced: list(text({ description: 'A number.' }), {
      description: 'Versions that were archived along with it, and that nobody had counted on.',
    }),
    answered: answeredShape,
    cause: optional(text({ description: 'What the registry said where it did not go through.' })),
    refused: optional(text({ description: 'Why it was refused.' })),
  },
  { description: 'The outcome of `passmuster rollback`.' },
);

export type RollbackReport = Shaped<typeof rollbackReport>;

export const reportSchema = (): JsonSchema =>
  jsonSchema(rollbackReport, {
    id: 'https://raw.githubusercontent.com/passmuster/passmuster/v1/schemas/rollback-report.schema.json',
    title: 'The report of passmuster rollback',
  });
