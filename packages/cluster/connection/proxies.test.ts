import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { proxyFor } from './proxies.ts';

const PROXY = 'http://proxy.example:3128';
const to = (address: string, none = '', named?: string) =>
  proxyFor(address, { HTTPS_PROXY: PROXY, NO_PROXY: none }, named)?.address;

test.each([
  ['https://api.example:6443', '', PROXY],
  ['https://api.example:6443', 'other.example', PROXY],
  ['https://api.example:6443', 'api.example', undefined],
  ['https://api.example:6443', '.example', undefined],
  ['https://api.example:6443', '*.example, x', undefined],
  ['https://api.example:6443', 'xample', PROXY],
  ['https://api.example:6443', 'api.example:6443', undefined],
  ['https://api.example:6443', 'api.example:443', PROXY],
  ['https://api.example', 'api.example:443', undefined],
  ['https://10.1.2.3', '10.0.0.0/8', undefined],
  ['https://10.1.2.3', '10.2.0.0/16', PROXY],
  ['https://[fd00::1]', 'fd00::/8', undefined],
  ['https://api.example', '10.0.0.0/99,nonsense/8', PROXY],
  ['https://api.example', '*', undefined],
  ['https://127.0.0.1:6443', '', undefined],
  ['https://localhost:6443', '', undefined],
  ['https://[::1]:6443', '', undefined],
])('%s with NO_PROXY=%s', (address, none, expected) => {
  expect(to(address, none)).toBe(expected);
});

test('small letters come first; a kubeconfig comes before both', () => {
  const variables = { HTTPS_PROXY: PROXY, https_proxy: 'small.example:1', no_proxy: 'named' };
  expect(proxyFor('https://api.example', variables, undefined)?.address).toBe(
    'http://small.example:1',
  );
  expect(to('https://api.example', '*', 'http://own.example')).toBe('http://own.example');
  expect(proxyFor('http://localhost:1', { HTTP_PROXY: PROXY }, undefined)).toBeUndefined();
});

test('a login is kept apart', () => {
  const given = proxyFor('https://a.b', {}, 'http://me:p%40ss@proxy.example:1');
  const encoded = Buffer.from('me:p@ss').toString('base64');
  expect(given).toEqual({
    address: 'http://proxy.example:1',
    authorization: `Basic ${encoded}`,
    secrets: ['p@ss', 'p%40ss', encoded],
  });
});

test.each(['socks5://me:secret@x', 'http://'])('%s', (value) => {
  const ask = () => proxyFor('https://a.b', { HTTPS_PROXY: value }, undefined);
  expect(ask).toThrow(InputError);
  expect(ask).not.toThrow('secret');
});
