import type { ServerResponse } from 'node:http';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import {
  json,
  type Respond,
  type Seen,
  serve,
  skippingClock,
  text,
} from '@passmuster/registry/http/serving.fixture.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import { expect, test } from 'vitest';
import { around, run as register } from '../register/running.fixture.ts';
import { run as validate } from '../validate/running.fixture.ts';

/** What stands where a registry should be answers everything alike. */
const login: Respond = (response) => text(response, 200, '<!doctype html><p>Log in</p>');
const down: Respond = (response) => text(response, 503, '<h1>Service Unavailable</h1>');
const endless: Respond = (response) => {
  const type = 'application/json';
  response.writeHead(200, { 'content-type': type, 'content-length': `${2 ** 40}` }).write('{');
};

const VERBS = {
  validate: (address: string, ports: Parameters<typeof validate>[2]) =>
    validate(address, { model: 'gpt-custom', version: '1', gates: 'accuracy > 0' }, ports),
  register: (address: string, ports: Parameters<typeof register>[2]) =>
    register(address, { version: 'v1.0.0' }, ports),
};

const LATER = '/later';

/** How a verb ends, and what it asked; nothing is asked after that, and nothing is waited for. */
async function endOf(verb: keyof typeof VERBS, respond: Respond) {
  const { url, seen } = await serve((response, one, count) =>
    one.url === LATER ? response.end() : respond(response, one, count),
  );
  // A lease of waiting passes here without being waited for.
  const clock = skippingClock();
  const opening = { ...around(), clock, variables: {}, home: '/nowhere', address: url };
  const registry: Registry = await registryOpener(opening)(undefined);
  const ports = { clock, openRegistry: async () => registry };
  const error = await VERBS[verb](url, ports).then(
    () => expect.fail('it has not failed'),
    (thrown: Error) => thrown,
  );
  const heard = async (): Promise<string[]> => {
    for (let turn = 0; turn < 20; turn++) await fetch(url + LATER);
    return seen.map((one) => one.url).filter((one) => one !== LATER);
  };
  // What was on its way when it was broken off arrives all the same.
  const asked = await heard();
  await registry.close();
  expect(await heard()).toEqual(asked);
  return { message: error.message, asked };
}

/** At most this often: three questions at once, or one; what was not answered, five times by the transport. */
test.each([
  ['validate', 'a page', login, 3, /does not answer as MLflow does/],
  ['validate', 'more than is taken', endless, 3, /larger than what is taken/],
  ['validate', '503', down, 15, /the server answered 503/],
  ['register', 'a page', login, 1, /does not answer as MLflow does/],
  ['register', 'more than is taken', endless, 1, /larger than what is taken/],
  ['register', '503', down, 25, /the server answered 503/],
] as const)('%s ends where %s is all that answers', async (verb, _, respond, most, says) => {
  const { message, asked } = await endOf(verb, respond);
  expect(message).toMatch(says);
  expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(most);
});

const isAbout = ({ url }: Seen, name: string): boolean =>
  url.includes(`name=${encodeURIComponent(name)}`) ||
  url.includes(encodeURIComponent(`name = '${name}'`));

const missing = (response: ServerResponse): void =>
  json(response, 404, { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'It is not there.' });

/** Knows no ledger, and says nothing at all of the model but on one of the questions: there, a page. */
const halfSilent =
  (path: string): Respond =>
  (response, one, count) => {
    if (!isAbout(one, 'gpt-custom')) return missing(response);
    return one.url.includes(path) ? login(response, one, count) : undefined;
  };

test.each([
  ['validate', '/registered-models/get'],
  ['validate', '/model-versions/search'],
  ['register', '/registered-models/get'],
  ['register', '/model-versions/search'],
] as const)('%s waits for no other answer once %s has failed', async (verb, path) => {
  const { message, asked } = await endOf(verb, halfSilent(path));
  expect(message).toMatch(/does not answer as MLflow does/);
  expect(asked.filter((url) => url.includes('gpt-custom')).length).toBeGreaterThan(1);
});
