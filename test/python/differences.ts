import type { MlflowVersion } from '../services/mlflow.ts';
import type { Came } from './run-user.ts';

/** Where the embedded registry answers a user otherwise than MLflow of the same version as the client. */
export interface Difference {
  readonly step: string;
  readonly versions: readonly MlflowVersion[];
  readonly why: string;
  readonly mlflow: Came;
  readonly embedded: Came;
}

const AS_3 = 'It is as 3.17.2 is';
const old = (step: string, why: string, mlflow: Came, embedded: Came): Difference => ({
  step,
  versions: ['2.22.5'],
  why: `${AS_3}: ${why}.`,
  mlflow,
  embedded,
});

const INVALID: Came = { error: 'INVALID_PARAMETER_VALUE' };
const MISSING: Came = { error: 'RESOURCE_DOES_NOT_EXIST' };

export const DIFFERENCES: readonly Difference[] = [
  {
    step: 'rename experiment to one that is there',
    versions: ['3.17.2', '2.22.5'],
    why: 'MLflow hands on that its database refused; why is clearer, and what creating one says.',
    mlflow: { error: 'BAD_REQUEST' },
    embedded: { error: 'RESOURCE_ALREADY_EXISTS' },
  },
  old('runs where tags.by IS NULL', 'it knows IS NULL', INVALID, { result: ['FIRST'] }),
  old('runs where params.seed IS NOT NULL', 'it knows IS NOT NULL', INVALID, {
    result: ['FIRST'],
  }),
  old(
    'create with a slash',
    'no address could name such a model',
    {
      result: {
        name: 'a/b',
        description: '',
        tags: {},
        aliases: {},
        latest: [],
        times: true,
      },
    },
    INVALID,
  ),
  old(
    'create version of no version',
    'not a failure of ours',
    { error: 'INTERNAL_ERROR' },
    MISSING,
  ),
  old('by alias of no model', 'the model is looked for first', INVALID, MISSING),
  old('by alias latest', 'it means the highest version', INVALID, { result: '5' }),
  old(
    "versions where version_number = 'x'",
    'a number is asked for',
    { result: { names: [], more: false } },
    INVALID,
  ),
  old('alias of a deleted version', 'aliases go with their version', MISSING, INVALID),
  old(
    'aliases of the model',
    'aliases go with their version',
    { result: { champion: '4', v1x: '1' } },
    { result: { v1x: '1' } },
  ),
];
