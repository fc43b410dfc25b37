import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCredentialsFile } from './credentials-file.ts';

const BOTH = 'mlflow_tracking_username = me\nmlflow_tracking_password = secret';
const both = { user: 'me', password: 'secret' };

test.each([
  ['as MLflow writes it', `[mlflow]\n${BOTH}\n`, both],
  [
    'with colons, capitals and no spaces',
    '[mlflow]\r\nMLFLOW_Tracking_Username:me\r\nmlflow_tracking_password=secret',
    both,
  ],
  ['with comments', `# a\n[mlflow]\n; b\n${BOTH}`, both],
  [
    'with another section',
    `[other]\nmlflow_tracking_username = no\n[mlflow]\n${BOTH}\n[x]\na = b`,
    both,
  ],
  [
    'with signs of its own in the value',
    '[mlflow]\nmlflow_tracking_password = a = b # c; d',
    { password: 'a = b # c; d' },
  ],
  [
    'with doubled percent signs',
    '[mlflow]\nmlflow_tracking_password = 100%%s',
    { password: '100%s' },
  ],
  [
    'with what all sections have',
    '[DEFAULT]\nmlflow_tracking_username = me\n[mlflow]\nmlflow_tracking_password = secret',
    both,
  ],
  [
    'going on in the next line',
    '[mlflow]\nmlflow_tracking_password = a\n  b\n',
    { password: 'a\nb' },
  ],
  ['with an empty value', '[mlflow]\nmlflow_tracking_username =\n', {}],
  ['with a key without value', '[mlflow]\nmlflow_tracking_username\n', {}],
  ['without the section', `[other]\n${BOTH}`, {}],
  ['only with what all sections have', `[DEFAULT]\n${BOTH}`, {}],
  ['before any section', BOTH, {}],
  ['empty', '', {}],
])('%s', (_, text, expected) => {
  expect(readCredentialsFile(text)).toEqual(expected);
});

test.each(['50%', '%(name)s', '%%%'])('%s is what MLflow stops at', (password) => {
  const problem = readCredentialsFile(`[mlflow]\nmlflow_tracking_password = ${password}\n`);
  expect(problem).toEqual({
    message:
      'In ~/.mlflow/credentials, mlflow_tracking_password holds a single percent sign, which MLflow does not read.',
    hint: 'Write it twice: %%.',
  });
});

test('whatever the file holds, it is read', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('[mlflow]', '[', 'a = b', ' c', '', '%', BOTH),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      expect(typeof readCredentialsFile(lines.join('\n'))).toBe('object');
    }),
  );
});
