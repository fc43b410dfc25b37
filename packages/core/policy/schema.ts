import { defaulted, optional } from '../shape/keys.ts';
import { record } from '../shape/record.ts';
import { type JsonSchema, jsonSchema, type Shaped } from '../shape/shape.ts';
import { environments } from './shapes/environment.ts';
import { models } from './shapes/model.ts';
import { registry } from './shapes/registry.ts';

/** All of `passmuster.yaml`. */
export const policyShape = record(
  {
    registry: optional(registry),
    models: defaulted(models, {}),
    environments: defaulted(environments, {}),
  },
  {
    description: 'What a team decides once about its models and the places where they are live.',
    examples: [{ environments: { production: {} } }],
  },
);

export type PolicyDocument = Shaped<typeof policyShape>;

/** What editors complete and check the file by. */
export const policySchema = (): JsonSchema =>
  jsonSchema(policyShape, {
    id: 'https://raw.githubusercontent.com/passmuster/passmuster/v1/passmuster.schema.json',
    title: 'The policy of Passmuster: passmuster.yaml',
  });
