import { expect, test } from 'vitest';
import { sample } from './sample.fixture.ts';
import { secretsIn } from './secrets.ts';
import { withVariables } from './variables.ts';

test('a secret in every form that it may turn up in, the longest first', () => {
  const secrets = secretsIn(sample, new Map([['github-token', ' s3"cret/\n']]));
  expect(secrets).toContain('s3"cret/');
  expect(secrets).toContain('s3\\"cret/');
  expect(secrets).toContain('s3%22cret%2F');
  expect(secrets).toContain(Buffer.from('s3"cret/').toString('hex'));
  expect(secrets.map(({ length }) => length)).toEqual(
    secrets.map(({ length }) => length).sort((a, b) => b - a),
  );
});

test('what is short or no secret hides nothing', () => {
  expect(
    secretsIn(
      sample,
      new Map([
        ['github-token', 'abc'],
        ['model', 'gpt-custom'],
      ]),
    ),
  ).toEqual([]);
});

test('a variable stands in where nothing is given', () => {
  const variables = { GITHUB_TOKEN: 'from-variable' };
  const raw = withVariables(
    sample,
    new Map([
      ['registry', 'https://given'],
      ['github-token', ''],
    ]),
    variables,
  );
  expect(raw.get('registry')).toBe('https://given');
  expect(raw.get('github-token')).toBe('from-variable');
  const given = withVariables(sample, new Map([['github-token', 'given']]), variables);
  expect(given.get('github-token')).toBe('given');
});
