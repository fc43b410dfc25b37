import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proxyFor, readProxies } from './proxies.ts';

const HTTPS = { HTTPS_PROXY: 'http://proxy:3128' };
const leads = (url: string, variables: Record<string, string>): string | undefined =>
  proxyFor(url, readProxies(variables).proxies)?.address;

describe('NO_PROXY', () => {
  test.each([
    ['', 'https://mlflow.example.com', true],
    ['*', 'https://mlflow.example.com', false],
    ['example.com', 'https://mlflow.example.com', false],
    ['.example.com', 'https://mlflow.example.com', false],
    ['*.example.com', 'https://mlflow.example.com', false],
    ['.example.com', 'https://example.com', false],
    ['ample.com', 'https://example.com', true],
    ['mlflow.example.com', 'https://example.com', true],
    ['EXAMPLE.com.', 'https://mlflow.example.COM.', false],
    ['other.com, example.com', 'https://mlflow.example.com', false],
    ['other.com  example.com', 'https://mlflow.example.com', false],
    ['example.com:443', 'https://mlflow.example.com', false],
    ['example.com:8443', 'https://mlflow.example.com', true],
    ['example.com:8443', 'https://mlflow.example.com:8443', false],
    ['10.0.0.0/8', 'https://10.1.2.3', false],
    ['10.0.0.0/8', 'https://11.1.2.3', true],
    ['10.1.2.3', 'https://10.1.2.3:5000', false],
    ['[fd00::1]', 'https://[fd00::1]', false],
    ['[fd00::1]:443', 'https://[fd00::1]', false],
    ['fd00::1', 'https://[fd00::1]', false],
    ['fd00::/8', 'https://[fd00::1]', false],
    [', ,.', 'https://mlflow.example.com', true],
  ])('%s: %s by proxy: %s', (NO_PROXY, url, by) => {
    expect(leads(url, { ...HTTPS, NO_PROXY })).toBe(by ? 'http://proxy:3128' : undefined);
  });

  test('whatever it holds, the answer is yes or no', () => {
    fc.assert(
      fc.property(fc.string(), (NO_PROXY) => {
        expect([undefined, 'http://proxy:3128']).toContain(
          leads('https://a.b', { ...HTTPS, NO_PROXY }),
        );
      }),
    );
  });
});

test.each([
  [{ HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:2' }, 'http://b:2', undefined],
  [{ HTTP_PROXY: 'a:1' }, undefined, 'http://a:1'],
  [{ http_proxy: 'https://a', HTTPS_PROXY: ' http://b/ ' }, 'http://b', 'https://a'],
  [{ HTTPS_PROXY: '' }, undefined, undefined],
  [{ HTTPS_PROXY: 'http://a:1', no_proxy: 'x.y' }, undefined, undefined],
])('%o', (variables, https, http) => {
  expect([leads('https://x.y', variables), leads('http://x.y', variables)]).toEqual([https, http]);
});

test.each(['http://127.0.0.1:5000', 'https://localhost', 'http://[::1]:1'])(
  '%s is not behind a proxy',
  (url) => {
    expect(leads(url, { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'http://a:1' })).toBeUndefined();
  },
);

test('a login is sent, and hidden', () => {
  const { proxies, secrets, problems } = readProxies({
    HTTPS_PROXY: 'http://us%40er:p%20w@proxy:1',
  });
  const encoded = Buffer.from('us@er:p w').toString('base64');
  expect(proxies.https).toEqual({ address: 'http://proxy:1', authorization: `Basic ${encoded}` });
  expect(secrets).toEqual(['p w', 'p%20w', encoded]);
  expect(problems).toEqual([]);
});

test.each([
  ['socks5://user:secret@proxy:1', 'HTTPS_PROXY names a socks5: proxy, which is not supported.'],
  ['http://user:secret@proxy:port', 'HTTPS_PROXY is not the address of a proxy.'],
  ['http://', 'HTTPS_PROXY is not the address of a proxy.'],
])('%s is none', (HTTPS_PROXY, message) => {
  const hint = 'Write it as http://host:port, or unset it.';
  expect(readProxies({ HTTPS_PROXY }).problems).toEqual([{ message, hint }]);
});
