import { expect, test } from 'vitest';
import { looked, MODEL, SOME } from './looked.fixture.ts';
import { remember } from './remembered.ts';
import { resolveSelector } from './resolve.ts';

/** What a selector comes to: a number, or the message that refuses it. */
const outcome = (resolving: Promise<{ number: string }>): Promise<string> =>
  resolving.then(
    ({ number }) => number,
    (error: Error) => error.message,
  );

test.each([
  'v1.1.0',
  'semver:1.1.0',
  'abc123f',
  '2',
  '@champion',
  'Staging',
  'run:r2',
  'latest',
  'v3.0.0',
  '77',
  '@gone',
  'Production2',
])('%s means what the server says, in two requests', async (selector) => {
  const asked = looked(SOME);
  const directly = await outcome(resolveSelector(asked.looked, selector));
  const { looked: at, requests } = looked(SOME);
  const { registry } = await remember(at.registry, MODEL, {});
  expect(await outcome(resolveSelector({ ...at, registry }, selector))).toBe(directly);
  // What a server lacks is asked where nothing was found, to say so.
  expect(requests.filter((one) => !one.startsWith('has '))).toEqual(['model', 'versions']);
});

test('a server that cannot list its versions is asked for each', async () => {
  const { looked: at, requests } = looked({ ...SOME, lacks: ['version-search'] });
  const { registry, versions } = await remember(at.registry, MODEL, {});
  expect(versions).toBeUndefined();
  expect((await resolveSelector({ ...at, registry }, '2')).number).toBe('2');
  expect(requests).toEqual(['model', 'versions', 'version 2']);
});

test('a model that is not there', async () => {
  const { looked: at, requests } = looked({ models: ['gpt-customs'] });
  const { model, registry } = await remember(at.registry, MODEL, {});
  expect(model).toBeUndefined();
  for (const selector of ['1', '@champion', 'latest']) {
    const resolving = resolveSelector({ ...at, registry }, selector);
    await expect(resolving).rejects.toThrow('There is no model');
  }
  expect(requests.slice(0, 2)).toEqual(['model', 'versions']);
  expect(new Set(requests.slice(2))).toEqual(new Set(['models']));
});

test.each([
  ['02', '2'],
  ['0010', '10'],
])('%s is number %s', async (selector, number) => {
  const { looked: at } = looked(SOME);
  const { registry } = await remember(at.registry, MODEL, {});
  expect((await resolveSelector({ ...at, registry }, selector)).number).toBe(number);
});

test('a server that fails is no server without versions', async () => {
  const error = new Error('down');
  const { looked: at } = looked({ ...SOME, fails: { call: 'versions', error } });
  await expect(remember(at.registry, MODEL, {})).rejects.toBe(error);
});
