import { oneOf } from '@passmuster/core/shape/choice.ts';
import { optional } from '@passmuster/core/shape/keys.ts';
import { number } from '@passmuster/core/shape/number.ts';
import { record } from '@passmuster/core/shape/record.ts';
import { type JsonSchema, jsonSchema, type Shaped } from '@passmuster/core/shape/shape.ts';
import { text } from '@passmuster/core/shape/text.ts';
import { promoteKeys } from '../promote/report.ts';

const said = (description: string) => text({ description });

const trafficShape = record(
  {
    configmap: said('The ConfigMap, as `namespace/name`.'),
    current: optional(said('The version that serves.')),
    canary: optional(said('The version of the canary, while one takes part.')),
    share: number({ description: 'What the canary gets of the traffic, in percent.' }),
  },
  { description: 'What serves once all is done.' },
);

const { outcome: _, environment: __, ledger: ___, to: ____, ...shared } = promoteKeys;

const OUTCOMES = [
  'deployed',
  'canary',
  'dropped',
  'unchanged',
  'planned',
  'refused',
  'put-back',
  'stopped',
] as const;

/** What `deploy` tells programs. */
const deployReport = record(
  {
    outcome: oneOf(OUTCOMES, { description: 'How it ended.' }),
    environment: optional(said('Where it serves; absent for a ConfigMap of no environment.')),
    ...shared,
    to: optional(promoteKeys.to),
    traffic: optional(trafficShape),
    cluster: said('The API server.'),
    ledger: optional(said('The registered model that is the ledger.')),
  },
  { description: 'The outcome of `passmuster deploy`.' },
);

export type DeployReport = Shaped<typeof deployReport>;

export const reportSchema = (): JsonSchema =>
  jsonSchema(deployReport, {
    id: 'https://raw.githubusercontent.com/passmuster/passmuster/v1/schemas/deploy-report.schema.json',
    title: 'The report of passmuster deploy',
  });
