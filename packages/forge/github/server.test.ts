import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { serverOf } from './server.ts';

test.each([
  ['https://api.github.com', 'https://github.com'],
  ['https://api.octocorp.ghe.com/', 'https://octocorp.ghe.com'],
  ['https://git.example.com/api/v3', 'https://git.example.com'],
  ['https://api.example.com:8443/api/v3', 'https://api.example.com:8443'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
])('%s serves %s', (apiUrl, server) => {
  expect(serverOf(apiUrl)).toBe(server);
});

test.each(['', 'api.github.com', 'file:///x', 'https://', 'https://x:SECRET@api.github.com'])(
  '%j is no address',
  (apiUrl) => {
    expect(() => serverOf(apiUrl)).toThrow(InputError);
    expect(() => serverOf(apiUrl)).not.toThrow(/SECRET/);
  },
);
