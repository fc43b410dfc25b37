import type { Party } from '@passmuster/core/promotions/record.ts';
import { oneOf } from '@passmuster/core/shape/choice.ts';
import { optional } from '@passmuster/core/shape/keys.ts';
import { list } from '@passmuster/core/shape/list.ts';
import { record } from '@passmuster/core/shape/record.ts';
import type { Shaped } from '@passmuster/core/shape/shape.ts';
import { text } from '@passmuster/core/shape/text.ts';
import type { Answered } from './answer-for.ts';

/** A version as reports name it. */
export const partyShape = (description: string) =>
  record(
    {
      number: text({ description: 'The registry’s number.' }),
      version: optional(text({ description: 'The name that `register` sealed.' })),
      digest: optional(text({ description: 'The root digest of its files.' })),
      ticket: optional(text({ description: 'The ticket that made it what was there.' })),
    },
    { description },
  );

export const STEP_KINDS = ['alias', 'stage', 'left', 'configmap', 'restart'] as const;

export const stepShape = record(
  {
    kind: oneOf(STEP_KINDS, {
      description:
        'Whose value: an alias, a stage, the stage that a version comes from, a ConfigMap, or the stamp of a workload.',
    }),
    place: text({
      description:
        'The alias, the stage, the number that leaves its stage, the ConfigMap or the workload.',
    }),
    before: text({ description: 'What stood there.' }),
    after: text({ description: 'What was to stand there.' }),
    stands: optional(text({ description: 'What stands there now, where it did not go through.' })),
  },
  { description: 'One place, and what changes there.' },
);

export const moverShape = record(
  {
    actor: text({ description: 'Who moved it.' }),
    started_by: optional(text({ description: 'Who started the run first.' })),
    run: optional(text({ description: 'The run.' })),
    repository: optional(text({ description: 'Where it ran.' })),
  },
  { description: 'Who it was.' },
);

export const answeredShape = list(
  record(
    {
      ticket: text({ description: 'Its number.' }),
      environment: text({ description: 'What it was for.' }),
      actor: text({ description: 'Who had left it.' }),
      outcome: oneOf(['done', 'put-back', 'stopped'], { description: 'How it was ended.' }),
    },
    { description: 'A ticket.' },
  ),
  { description: 'What others had left behind, and was ended first.' },
);

export const answeredIn = (answered: readonly Answered[]): Shaped<typeof answeredShape> =>
  answered.map(({ ticket: { number, environment, holder }, end }) => ({
    ticket: number,
    environment,
    actor: holder.actor,
    outcome: end.outcome,
  }));

export const partyIn = (party: Party & { readonly ticket?: string }) => {
  const { number, version, digest, ticket } = party;
  return {
    number,
    ...(version !== undefined && { version }),
    ...(digest !== undefined && { digest }),
    ...(ticket !== undefined && { ticket }),
  };
};
