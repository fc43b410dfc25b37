import { boolean, oneOf } from '@passmuster/core/shape/choice.ts';
import { optional } from '@passmuster/core/shape/keys.ts';
import { list } from '@passmuster/core/shape/list.ts';
import { integer, number } from '@passmuster/core/shape/number.ts';
import { record } from '@passmuster/core/shape/record.ts';
import { type JsonSchema, jsonSchema, type Shaped } from '@passmuster/core/shape/shape.ts';
import { text } from '@passmuster/core/shape/text.ts';
import { cluster, traffic } from './cluster/report.ts';

const when = (description: string) =>
  text({ description: `${description} In UTC, as ISO 8601; empty where it cannot be told.` });

const sentences = (description: string) =>
  list(text({ description: 'A sentence.' }), { description });

const version = (description: string) =>
  record(
    {
      number: text({ description: 'The registry’s number.' }),
      name: optional(text({ description: 'What `register` sealed it as.' })),
      digest: optional(text({ description: 'The root digest of its files.' })),
    },
    { description },
  );

const mover = record(
  {
    actor: text({ description: 'Who it was.' }),
    started_by: optional(text({ description: 'Who started the run first, where it is another.' })),
    run: optional(text({ description: 'The address of the run.' })),
    repository: optional(text({ description: 'The repository of the run.' })),
  },
  { description: 'Who moved it.' },
);

const override = record(
  {
    reason: text({ description: 'Why.' }),
    passed: list(text({ description: 'One thing.' }), { description: 'What was passed over.' }),
  },
  { description: 'What somebody has passed over by their word.' },
);

const VERDICTS = ['pass', 'fail', 'inconclusive'] as const;

const move = record(
  {
    ticket: text({ description: 'The entry of the ledger.' }),
    at: when('When it was carried out.'),
    verb: oneOf(['promote', 'rollback', 'settle', 'deploy'], {
      description: 'What was asked for.',
    }),
    outcome: oneOf(['done', 'put-back', 'stopped', 'settled', 'canary'], {
      description: 'How it ended.',
    }),
    from: optional(version('What was there before; absent where nobody was.')),
    to: optional(version('What it was to be; absent where nobody.')),
    traffic: optional(traffic),
    by: mover,
    reason: optional(text({ description: 'Why, as the mover said it.' })),
    verdict: optional(oneOf(VERDICTS, { description: 'What the gates came to.' })),
    override: optional(override),
    approvals: integer({ description: 'How many there were.', minimum: 0 }),
    displaced: list(text({ description: 'A number.' }), {
      description: 'Versions that were archived along with it.',
    }),
    cause: optional(text({ description: 'Why it went back, or stopped.' })),
    answered_by: optional(text({ description: 'The ticket that answered for it.' })),
  },
  { description: 'One move.' },
);

const place = record(
  {
    kind: oneOf(['alias', 'stage'], { description: 'What kind of place.' }),
    place: text({ description: 'Its name.' }),
    expected: text({ description: 'The number that the ledger says; empty for none.' }),
    found: text({ description: 'The number that stands there, or several; empty for none.' }),
  },
  { description: 'A place that is not at what the ledger says.' },
);

const disagreement = record(
  {
    says: text({ description: 'What was found, as a sentence.' }),
    hint: text({ description: 'What to do.' }),
    places: list(place, { description: 'Before and after, where the ledger says something.' }),
    stopped: optional(text({ description: 'The ticket of the move that has stopped there.' })),
    late: optional(text({ description: 'The ticket whose write has perhaps landed late.' })),
    settle: optional(text({ description: 'The command that accepts what stands there.' })),
  },
  { description: 'How registry and ledger disagree.' },
);

const canary = record(
  {
    version: version('Which one.'),
    share: number({ description: 'What it is to get of the traffic, in percent.' }),
    since: when('Since when.'),
    by: mover,
    ticket: text({ description: 'The entry of the ledger.' }),
  },
  { description: 'The canary that runs there, by the ledger.' },
);

const environment = record(
  {
    environment: text({ description: 'Its name.' }),
    alias: text({ description: 'The alias that says which version is there.' }),
    stage: optional(text({ description: 'The stage that mirrors it.' })),
    in_policy: boolean({ description: 'Whether the policy says so.' }),
    state: oneOf(['agrees', 'under-way', 'disagrees', 'unrecorded', 'unknown'], {
      description: 'Whether registry and ledger agree; `unrecorded` where the ledger says nothing.',
    }),
    version: optional(
      version('What is there, by the ledger if it says something; absent for nobody.'),
    ),
    how: optional(
      oneOf(['promoted', 'rolled back', 'settled', 'found'], { description: 'How it came there.' }),
    ),
    since: optional(when('Since when.')),
    move: optional(move),
    overrides: list(move, {
      description: 'Moves of that version to here that passed over something.',
    }),
    disagreement: optional(disagreement),
    canary: optional(canary),
    cluster: optional(cluster),
    history: optional(
      list(move, { description: 'Every move, the newest first, where asked for.' }),
    ),
  },
  { description: 'One environment of a model.' },
);

const ticket = record(
  {
    ticket: text({ description: 'The entry of the ledger.' }),
    queue: oneOf(['moves', 'names'], { description: 'Whether it moves or registers a version.' }),
    environment: text({ description: 'Where something is to move; empty for registrations.' }),
    verb: optional(text({ description: 'The verb, where it says so.' })),
    by: text({ description: 'Who has taken it.' }),
    run: optional(text({ description: 'The address of the run.' })),
    since: when('When it was taken.'),
    recorded: boolean({
      description: 'Whether its record is written, so that a part may be done.',
    }),
    abandoned: boolean({
      description: 'Whether its record is written and nobody seems to carry it out any more.',
    }),
    from: optional(version('What was there before.')),
    to: optional(version('What is to be there.')),
    steps: list(
      record(
        {
          kind: text({ description: 'What kind of place.' }),
          place: text({ description: 'Its name.' }),
          stands: oneOf(['before', 'after', 'foreign'], {
            description: 'Whether it is done; `foreign` where somebody else’s value stands.',
          }),
        },
        { description: 'One change.' },
      ),
      {
        description:
          'What its record changes, and how far that has come; in the cluster, where it was looked at.',
      },
    ),
    left: optional(text({ description: 'Why its holder has left it.' })),
    answered_by: optional(text({ description: 'The ticket that answers for it.' })),
  },
  { description: 'A ticket without an end.' },
);

const problem = record(
  {
    message: text({ description: 'What was found.' }),
    hint: optional(text({ description: 'What to do.' })),
    accepted: boolean({ description: 'Whether `settle` has taken it as it is.' }),
  },
  { description: 'Something that is wrong with a ledger.' },
);

const model = record(
  {
    model: text({ description: 'The registered model.' }),
    there: boolean({ description: 'Whether the registry has it.' }),
    ledger: boolean({ description: 'Whether it has a ledger.' }),
    environments: list(environment, { description: 'Its environments.' }),
    waiting: list(ticket, { description: 'What is under way or waits, in order.' }),
    problems: list(problem, { description: 'What is wrong with its ledger.' }),
    moving: boolean({ description: 'Whether its ledger changed during every look.' }),
    unread: optional(sentences('Why nothing could be read of it.')),
  },
  { description: 'One model.' },
);

/** What `status` tells programs. */
const statusReport = record(
  {
    outcome: oneOf(['agrees', 'disagrees'], { description: 'Whether everything agrees.' }),
    disagreements: integer({ description: 'How many there are.', minimum: 0 }),
    registry: text({ description: 'The address of the registry.' }),
    policy: oneOf(['default-branch', 'file', 'none'], { description: 'Where the policy is from.' }),
    no_ledger: optional(text({ description: 'Why the server can keep no ledger.' })),
    no_cluster: optional(text({ description: 'Why nobody has looked at the cluster.' })),
    models: list(model, { description: 'Every model that there is something to say of.' }),
    strange: list(text({ description: 'A name.' }), {
      description: 'Registered models that are called like ledgers and are none.',
    }),
    remarks: sentences('What a reader should know.'),
  },
  { description: 'The outcome of `passmuster status`.' },
);

export type StatusReport = Shaped<typeof statusReport>;

export const reportSchema = (): JsonSchema =>
  jsonSchema(statusReport, {
    id: 'https://raw.githubusercontent.com/passmuster/passmuster/v1/schemas/status-report.schema.json',
    title: 'The report of passmuster status',
  });
