import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ARTIFACTS } from './artifacts.ts';
import { ENCODING } from './encoding.ts';
import { EXPERIMENTS } from './experiments.ts';
import { LOGGING } from './logging.ts';
import { MODELS } from './models.ts';
import { RUN_SEARCHES } from './run-searches.ts';
import { RUNS } from './runs.ts';
import { SEARCHES } from './searches.ts';
import { SOURCES } from './sources.ts';
import { STAGES } from './stages.ts';
import type { Expected, Sequence, Server, Step } from './step.ts';
import { VERSIONS } from './versions.ts';

const SEQUENCES: readonly Sequence[] = [
  ...ENCODING,
  ...MODELS,
  ...VERSIONS,
  ...STAGES,
  ...SOURCES,
  ...SEARCHES,
  ...EXPERIMENTS,
  ...RUNS,
  ...LOGGING,
  ...RUN_SEARCHES,
  ...ARTIFACTS,
];

type Kept = Map<string, string>;

/** The same value with `<name>` replaced in all of its texts. */
function filled<Value>(value: Value, kept: Kept): Value {
  if (typeof value === 'string') {
    return value.replace(/<(\w+)>/g, (whole, name: string) => kept.get(name) ?? whole) as Value;
  }
  if (Array.isArray(value)) return value.map((item) => filled(item, kept)) as Value;
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value;
  // What is no plain object is one of the expectations of the test runner.
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [filled(key, kept), filled(item, kept)]),
  ) as Value;
}

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((here, key) => (here as Record<string, unknown> | undefined)?.[key], value);

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly body: unknown;
}

async function ask(base: string, step: Step): Promise<Answer> {
  const { method, path, query = {}, json, raw, headers = {} } = step;
  const url = new URL(base + (path.startsWith('/') ? path : `/api/2.0/mlflow/${path}`));
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url, {
    method,
    headers: { ...type, ...headers },
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const found = response.headers.get('content-type') ?? '';
  const isJson = found.startsWith('application/json') && text !== '';
  return {
    status: response.status,
    type: found,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  };
}

function check(answer: Answer, expected: Expected, does: string): void {
  const { status, text, type, body } = answer;
  expect({ status, text }, does).toEqual({ status: expected.status, text: expect.any(String) });
  expect(at(body, 'error_code'), `${does}: ${text}`).toBe(expected.code);
  if (expected.message) expect(at(body, 'message'), does).toMatch(expected.message);
  if (expected.has) expect(body, does).toMatchObject(expected.has);
  if (expected.is !== undefined) expect(body, does).toEqual(expected.is);
  for (const path of expected.lacks ?? [])
    expect(at(body, path), `${does}: ${path}`).toBe(undefined);
  if (expected.text) expect(text, does).toMatch(expected.text);
  if (expected.type) expect(type, does).toMatch(expected.type);
}

async function follow(server: Server, base: string, { steps }: Sequence): Promise<void> {
  const kept: Kept = new Map([['m', `w${randomUUID().slice(0, 8)}`]]);
  for (const step of steps) {
    const answer = await ask(base, filled(step, kept));
    const { why: _why, ...other } = step.differs?.[server] ?? { why: '' };
    // Where another code is due, what goes with the usual one is not.
    const usual = other.status === undefined ? step.expect : {};
    check(answer, filled({ ...usual, ...other } as Expected, kept), `${step.does} (${server})`);
    for (const [name, path] of Object.entries(step.keep ?? {})) {
      kept.set(name, String(at(answer.body, path)));
    }
  }
}

/** Everything that one server must answer, one test for each sequence. */
export function wireContract(server: Server, base: () => string): void {
  describe(`the wire of ${server}`, () => {
    test.each(SEQUENCES.map((sequence) => ({ ...sequence })))('$name', async (sequence) => {
      await follow(server, base(), sequence);
    });
  });
}
