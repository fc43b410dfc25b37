import { expect, test } from 'vitest';
import {
  CREATE,
  failing,
  GET,
  json,
  PAGE,
  type Respond,
  SET,
  serve,
  text,
  transportTo,
} from './serving.fixture.ts';

const below =
  (prefix: string): Respond =>
  (response, { url }) => {
    if (url.startsWith(`${prefix}/api`)) json(response, 200, {});
    else text(response, 404, PAGE);
  };

test('everything is asked below the base path', async () => {
  const { url, seen } = await serve(below('/px/y'));
  const transport = transportTo(`${url}/px/y/`);
  for (const ask of [GET, CREATE]) await transport.send(ask);
  expect(transport.address).toBe(`${url}/px/y`);
  expect(seen.map((one) => one.url)).toEqual(['/px/y/api/x', '/px/y/api/x']);
});

test('a server that prefixes only its pages is found once, and remembered', async () => {
  const { url, seen } = await serve(below(''));
  const transport = transportTo(`${url}/px`);
  for (const ask of [CREATE, GET, SET]) await transport.send(ask);
  expect(seen.map((one) => one.url)).toEqual(['/px/api/x', '/api/x', '/api/x', '/api/x']);
});

test('what answers as MLflow below the base path is never asked for elsewhere', async () => {
  const { url, seen } = await serve((response, _, count) =>
    count === 1
      ? json(response, 404, { error_code: 'RESOURCE_DOES_NOT_EXIST' })
      : text(response, 404, PAGE),
  );
  const transport = transportTo(`${url}/px`);
  const reasons = [];
  for (const ask of [GET, GET]) reasons.push((await failing(transport.send(ask))).failure.reason);
  expect(reasons).toEqual(['missing', 'unsupported']);
  expect(seen.map((one) => one.url)).toEqual(['/px/api/x', '/px/api/x']);
});

test('where neither is MLflow, nothing is remembered', async () => {
  const { url, seen } = await serve((response) => text(response, 404, PAGE));
  const transport = transportTo(`${url}/px`);
  const error = await failing(transport.send(GET));
  expect(error.failure).toEqual({ reason: 'unsupported', effect: 'none', status: 404 });
  expect(error.problems[0]?.hint).toContain('base path');
  await failing(transport.send(GET));
  expect(seen.length).toBe(4);
});

test('without a base path there is one try', async () => {
  const { url, seen } = await serve((response) => text(response, 404, PAGE));
  await failing(transportTo(url).send(GET));
  expect(seen.length).toBe(1);
});
