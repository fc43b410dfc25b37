import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { withoutSecrets } from './address.ts';

test.each([
  ['https://github.com/octo-org/model.git', 'https://github.com/octo-org/model.git'],
  ['https://mona:hunter2@github.com/octo-org/model', 'https://github.com/octo-org/model'],
  ['https://ghp_abc@github.com/octo-org/model', 'https://github.com/octo-org/model'],
  ['HTTPS://x:y@GitHub.com/a/b', 'https://github.com/a/b'],
  ['https://github.com/a/b?private_token=abc#abc', 'https://github.com/a/b'],
  ['ssh://git@github.com:22/octo-org/model', 'ssh://git@github.com:22/octo-org/model'],
  ['ssh://git:hunter2@github.com/octo-org/model', 'ssh://git@github.com/octo-org/model'],
  ['git@github.com:octo-org/model.git', 'git@github.com:octo-org/model.git'],
  ['github.com:octo-org/model', 'github.com:octo-org/model'],
  ['/srv/git/model.git', '/srv/git/model.git'],
  ['../model', '../model'],
  ['C:\\git\\model', 'C:\\git\\model'],
  ['file:///srv/git/model.git', 'file:///srv/git/model.git'],
])('%s is told as %s', (address, told) => {
  expect(withoutSecrets(address)).toBe(told);
});

test.each([
  '',
  'https://',
  'https://mona:hunter2@',
  'mona:hunter2@github.com:octo-org/model',
  'mona:hunt@er2@github.com:octo-org/model',
  'ext::sh -c "curl -u mona:hunter2 %S"',
])('%j is not told', (address) => {
  expect(withoutSecrets(address)).toBeUndefined();
});

test('a password is never told, however odd', () => {
  const odd = fc.string({ unit: fc.constantFrom(...'a:@/?#%\\[] \t') });
  const schemes = fc.constantFrom('https://', 'http://', 'ssh://', 'git://', 'ftp://', '');
  const property = fc.property(schemes, odd, odd, (scheme, before, after) => {
    const told = withoutSecrets(`${scheme}${before}:SECRET${after}@example.com/a`);
    // What follows a slash is a path: there Git sends no password either.
    const authority = /^(?:[a-z+]+:\/\/)?[^/?#\\]*/.exec(told ?? '')?.[0];
    if (scheme !== '' && told) expect(authority).not.toContain('SECRET');
    if (scheme === '') expect(told).toBeUndefined();
  });
  fc.assert(property, rounds(5_000));
});
