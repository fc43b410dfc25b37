import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { proxyEnv } from './proxy-env.ts';

const here = (...more: string[]) =>
  ['localhost', '127.0.0.0-127.255.255.255', '::1', ...more].join(',');

test.each([
  [{}, {}],
  [{ HTTP_PROXY: 'http://a:1', NO_PROXY: 'b' }, {}],
  [{ HTTPS_PROXY: ' ' }, {}],
  [{ HTTPS_PROXY: 'http://a:1' }, { https_proxy: 'http://a:1/', no_proxy: here() }],
  [{ HTTPS_PROXY: 'a:1' }, { https_proxy: 'http://a:1/', no_proxy: here() }],
  [{ HTTPS_PROXY: 'HTTPS://A' }, { https_proxy: 'https://a/', no_proxy: here() }],
  [
    { HTTPS_PROXY: 'x', https_proxy: 'a' },
    { https_proxy: 'http://a/', no_proxy: here() },
  ],
])('what Node reads of %j', (variables, read) => {
  expect(proxyEnv(true, variables)).toEqual(read);
});

test.each([
  ['b.example', here('b.example', '.b.example')],
  ['.b.example', here('b.example', '.b.example')],
  ['*.b.example', here('b.example', '.b.example')],
  ['b:8080, c  d,,', here('b:8080', '.b:8080', 'c', '.c', 'd', '.d')],
  ['*', here('*', '.*')],
])('who is asked without a proxy: %s', (NO_PROXY, none) => {
  expect(proxyEnv(false, { http_proxy: 'a', NO_PROXY })).toMatchObject({ no_proxy: none });
});

test.each(['socks5://SECRET@a:1', 'http://', 'http://mona:SECRET%@a', 'mona:SECRET@a:b'])(
  '%s is no proxy',
  (address) => {
    const read = () => proxyEnv(true, { HTTPS_PROXY: address });
    expect(read).toThrow(InputError);
    expect(read).toThrow(/^HTTPS_PROXY is not the address of an HTTP proxy\.$/);
  },
);
