import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { InputError, type Problem } from '@passmuster/core/errors.ts';
import type { PullRequest } from '@passmuster/core/host.ts';
import { found } from '@passmuster/core/quote.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import { parseStrictJson } from '@passmuster/core/strict-json.ts';
import { decodeUtf8 } from '@passmuster/core/utf8.ts';

/** What the runner says in variables, which no step can change for the next one. */
interface Said {
  readonly eventFile: string;
  readonly baseRef: string;
}

/** GitHub sends no larger event. */
const MOST_BYTES = 25_000_000;

// Opening a pipe would wait, without O_NONBLOCK, until somebody writes to it.
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const unusable = (problems: readonly Problem[], cause?: unknown): InputError => {
  const message =
    'This run is one for a pull request, and which one it is cannot be read from the file of its event.';
  const hint =
    'The runner writes that file and names it in GITHUB_EVENT_PATH: check that no earlier step of the job has changed either.';
  return new InputError([{ message, hint }, ...problems], { cause });
};

function textOf(file: string): string {
  if (file === '') throw new InputError('The variable GITHUB_EVENT_PATH is not set.');
  const opened = openSync(file, READ);
  try {
    const stats = fstatSync(opened);
    if (!stats.isFile()) throw new InputError(`${found(file)} is no file.`);
    if (stats.size > MOST_BYTES) {
      throw new InputError(`${found(file)} has more than ${MOST_BYTES} bytes.`);
    }
    return decodeUtf8(readFileSync(opened), file);
  } finally {
    closeSync(opened);
  }
}

function eventIn(file: string): unknown {
  try {
    return parseStrictJson(textOf(file), file);
  } catch (error) {
    if (error instanceof InputError) throw unusable(error.problems, error);
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw unusable([{ message: `${found(file)} cannot be read (${error.code}).` }], error);
  }
}

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((inside, key) => (isMap(inside) ? inside[key] : undefined), value);

const BASE = 'pull_request.base.ref';
const NUMBER = 'pull_request.number';

/** The pull request of the event, where the variables agree with it: a step can write to the file. */
export function readPullRequest({ eventFile, baseRef }: Said): PullRequest {
  const event = eventIn(eventFile);
  const [base, number] = [at(event, BASE), at(event, NUMBER)];
  const wrong = (message: string) => unusable([{ message, place: { file: eventFile } }]);
  if (typeof base !== 'string' || base === '') {
    const is = base === undefined ? 'is not there' : `is ${found(base)}`;
    throw wrong(`\`${BASE}\` ${is}; expected the name of a branch.`);
  }
  if (base !== baseRef) {
    throw wrong(
      `The event says that the pull request goes into ${found(base)}, and GITHUB_BASE_REF is ${found(baseRef)}; expected the same.`,
    );
  }
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) {
    const is = number === undefined ? 'is not there' : `is ${found(number)}`;
    throw wrong(`\`${NUMBER}\` ${is}; expected the number of a pull request.`);
  }
  return { number, base };
}
