import type { RegisteredModel } from '@passmuster/core/registry/entities.ts';
import { RegistryError, type RegistryFailure } from '@passmuster/core/registry/error.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { expect } from 'vitest';
import type { Server } from './differences.ts';

/** A registry to try, whose server nobody else uses. */
export interface Opened {
  readonly registry: Registry;
  /** The same, but with pages of three. */
  readonly inSmallPages: Registry;
  readonly server: Server;
  close(): Promise<void>;
}

/** What is opened when the tests begin. */
export type Subject = () => Opened;

let names = 0;

export const freshName = (about = 'model'): string => `${about}-${++names}`;

/** Takes any version anywhere: nothing behind it is looked at. */
export const SOURCE = 's3://bucket/model';

export const freshModel = async ({ registry }: Opened, about?: string): Promise<RegisteredModel> =>
  registry.createModel({ name: freshName(about) });

/** The numbers of new versions of a model. */
export async function versionsOf(
  { registry }: Opened,
  model: string,
  many: number,
): Promise<string[]> {
  const numbers: string[] = [];
  for (let made = 0; made < many; made++) {
    numbers.push((await registry.createVersion({ model, source: SOURCE })).number);
  }
  return numbers;
}

export async function freshRun({ registry }: Opened): Promise<{ experiment: string; run: string }> {
  const experiment = await registry.createExperiment(freshName('experiment'));
  return { experiment, run: (await registry.createRun({ experimentId: experiment })).id };
}

export async function failureOf(asked: Promise<unknown>): Promise<RegistryFailure> {
  const error = await asked.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (error instanceof RegistryError) return error.failure;
  throw error;
}

export async function expectFailure(
  asked: Promise<unknown>,
  failure: Partial<RegistryFailure>,
): Promise<void> {
  expect(await failureOf(asked)).toMatchObject(failure);
}
