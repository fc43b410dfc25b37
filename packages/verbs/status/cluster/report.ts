import { boolean, oneOf } from '@passmuster/core/shape/choice.ts';
import { optional } from '@passmuster/core/shape/keys.ts';
import { list } from '@passmuster/core/shape/list.ts';
import { integer, number } from '@passmuster/core/shape/number.ts';
import { record } from '@passmuster/core/shape/record.ts';
import { text } from '@passmuster/core/shape/text.ts';

const share = optional(
  number({
    description: 'What the canary gets of the traffic, in percent; absent where it cannot be read.',
  }),
);

const rollout = record(
  {
    is: oneOf(['done', 'waiting', 'failed'], { description: 'How far it has come.' }),
    says: text({ description: 'The same in words.' }),
    remark: optional(text({ description: 'What one should know all the same.' })),
  },
  { description: 'Whether all of its pods are those that it is to have.' },
);

const workload = record(
  {
    kind: oneOf(['Deployment', 'StatefulSet', 'DaemonSet'], { description: 'Its kind.' }),
    name: text({ description: 'Its name.' }),
    keys: list(text({ description: 'A key.' }), { description: 'What it reads of the ConfigMap.' }),
    version: optional(
      text({ description: 'What its pods were started with; absent where nothing says so.' }),
    ),
    stale: boolean({
      description: 'Whether its pods were started when its keys said something else.',
    }),
    rollout,
    paused: boolean({ description: 'Whether it is paused.' }),
    ready: integer({ description: 'How many of its pods are ready.', minimum: 0 }),
    wanted: integer({ description: 'How many pods it is to have.', minimum: 0 }),
  },
  { description: 'A workload that reads the ConfigMap.' },
);

const writer = record(
  {
    name: text({ description: 'As the server names it.' }),
    at: optional(text({ description: 'When, in UTC, as ISO 8601.' })),
  },
  { description: 'Who has written its keys last, where that was not us.' },
);

const disagreement = record(
  {
    says: text({ description: 'What was found, as a sentence.' }),
    hint: text({ description: 'What to do.' }),
    commands: optional(
      list(text({ description: 'A command.' }), {
        description: 'What would mend it, one after the other.',
      }),
    ),
  },
  { description: 'How the cluster is not as the ledger says, or not well.' },
);

/** What serves in an environment. */
export const cluster = record(
  {
    configmap: text({ description: 'The ConfigMap, as `namespace/name`.' }),
    there: boolean({ description: 'Whether it was read, and is there.' }),
    unread: optional(text({ description: 'Why something could not be read.' })),
    current: optional(text({ description: 'The version that it says serves.' })),
    canary: optional(text({ description: 'The canary, where one takes part.' })),
    share,
    model_registry_url: optional(text({ description: 'The base of the artifacts.' })),
    writer: optional(writer),
    workloads: list(workload, { description: 'What reads it, as far as it could be read.' }),
    moving: boolean({ description: 'Whether a move is being carried out there.' }),
    disagreements: list(disagreement, { description: 'What is not as it should be.' }),
    remarks: list(text({ description: 'A sentence.' }), { description: 'What one should know.' }),
  },
  { description: 'What serves there, by the cluster; absent where nobody has looked.' },
);

/** What a move had served. */
export const traffic = record(
  {
    configmap: text({ description: 'The ConfigMap, as `namespace/name`.' }),
    current: optional(text({ description: 'The version that was to serve.' })),
    canary: optional(text({ description: 'The canary, where one was to take part.' })),
    share: number({ description: 'What the canary was to get of the traffic, in percent.' }),
  },
  { description: 'What was to serve once it was done, where the cluster took part.' },
);
