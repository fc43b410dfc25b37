import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serverWords, withoutSecrets } from './redact.ts';

const secret = fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme-ascii' });

const spelled: [string, (secret: string) => string][] = [
  ['as it is', (it) => it],
  ['in a URL', encodeURIComponent],
  ['in JSON', JSON.stringify],
  ['in base64', (it) => Buffer.from(it).toString('base64')],
  ['in base64 for URLs', (it) => Buffer.from(it).toString('base64url')],
  ['in hexadecimal', (it) => Buffer.from(it).toString('hex')],
];

test.each(spelled)('a secret that comes back %s is not repeated', (_, spell) => {
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (it, before, after) => {
      const words = withoutSecrets(`${before} ${spell(it)} ${after}`, [it]);
      expect(words).not.toContain(it);
      expect(words).not.toContain(spell(it));
    }),
  );
});

test('nor inside something longer that is base64', () => {
  fc.assert(
    fc.property(secret, fc.string({ maxLength: 6, unit: 'grapheme-ascii' }), (it, before) => {
      const whole = Buffer.from(`${before}${it}:x`).toString('base64');
      const words = withoutSecrets(whole, [it]);
      expect(words).toContain('***');
      // Six letters of base64 are four bytes: nothing to log in with.
      expect(words.replace('***', '').length).toBeLessThan(whole.length - it.length);
    }),
  );
});

test('where a secret is too short to be cut out, nothing is repeated', () => {
  expect(withoutSecrets('a text with abc', ['abc'])).toBe('');
});

test.each([
  [
    '(sqlite3.IntegrityError) UNIQUE constraint failed: registered_models.name\n[SQL: INSERT INTO x VALUES (?)]\n[parameters: (1)]\n(Background on this error at: https://sqlalche.me/e/20/gkpj)',
    '(sqlite3.IntegrityError) UNIQUE constraint failed: registered_models.name',
  ],
  ['No such file: /srv/mlflow/artifacts/1/x.json', 'No such file: …'],
  ["cannot open 'file:///srv/mlflow/x'", "cannot open '…'"],
  ['C:\\mlflow\\x is not there', '… is not there'],
  [
    'Invalid model version source: s3://bucket/a/b',
    'Invalid model version source: s3://bucket/a/b',
  ],
  [
    'runs:/abc/model and mlflow-artifacts:/1/abc/artifacts',
    'runs:/abc/model and mlflow-artifacts:/1/abc/artifacts',
  ],
  ['Not found: /api/2.0/mlflow/x/y', 'Not found: /api/2.0/mlflow/x/y'],
  ['two\n lines\t\tof it', 'two lines of it'],
  ['see http://user:word@host/x', 'see http://*********@host/x'],
  ['\u001b[31mred\u202e', '\\u{1b}[31mred\\u{202e}'],
])('%s', (said, expected) => {
  expect(serverWords(said, [])).toBe(expected);
});

test('long words are cut after the secrets are out, and pathological ones end', () => {
  const words = serverWords(`${'x'.repeat(235)}secret-one`, ['secret-one']);
  expect(words).not.toContain('secre');
  for (const piece of [' ', '/a', '[SQL', '/', 'a/', '~/', '\\']) {
    expect(serverWords(piece.repeat(60_000), ['secret-one']).length).toBeLessThan(300);
  }
});
