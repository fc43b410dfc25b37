import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Authority, authority } from '../http/certificates.fixture.ts';
import { readConnectionFiles } from './files.ts';

let home = '';
let certificates: Authority;
beforeAll(async () => {
  certificates = authority();
  home = await mkdtemp(join(tmpdir(), 'passmuster-home-'));
  const { client, server, cert } = certificates;
  await mkdir(join(home, '.mlflow'));
  await writeFile(join(home, '.mlflow', 'credentials'), '[mlflow]\n');
  await writeFile(join(home, 'ca.pem'), cert);
  await writeFile(join(home, 'client.pem'), client.key + client.cert);
  await writeFile(join(home, 'mixed.pem'), server.key + client.cert);
  await writeFile(join(home, 'broken.pem'), cert.replace(/\n[^-]{20}/, '\n'));
});
afterAll(() => rm(home, { recursive: true }));

const variables = (server: string, client: string) => ({
  ...(server && { MLFLOW_TRACKING_SERVER_CERT_PATH: join(home, server) }),
  ...(client && { MLFLOW_TRACKING_CLIENT_CERT_PATH: join(home, client) }),
});

test('what is there is read', async () => {
  const { client, cert } = certificates;
  expect(await readConnectionFiles(variables('ca.pem', 'client.pem'), home)).toEqual({
    credentialsFile: '[mlflow]\n',
    certificates: { server: cert, client: client.key + client.cert },
  });
});

test('what is not there and was not named is none', async () => {
  expect(await readConnectionFiles({}, join(home, 'nobody'))).toEqual({
    credentialsFile: '',
    certificates: {},
  });
});

test.each([
  ['none.pem', '', [/SERVER_CERT_PATH names ".*none\.pem", which is not there/]],
  ['.mlflow', '', [/SERVER_CERT_PATH names ".*", which cannot be read \(EISDIR\)/]],
  [
    '',
    'mixed.pem',
    [/CLIENT_CERT_PATH names ".*mixed\.pem", whose certificate or key cannot be used/],
  ],
  [
    'broken.pem',
    'none.pem',
    [/SERVER_CERT_PATH .* cannot be used/, /CLIENT_CERT_PATH .* is not there/],
  ],
])('%s and %s', async (server, client, expected) => {
  const error = await readConnectionFiles(variables(server, client), home).catch(
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  const messages: string[] = error.problems.map(({ message }: { message: string }) => message);
  expect(messages).toEqual(expected.map((one) => expect.stringMatching(one)));
});

test('credentials that cannot be read are not taken for none', async () => {
  await mkdir(join(home, 'other', '.mlflow', 'credentials'), { recursive: true });
  await expect(readConnectionFiles({}, join(home, 'other'))).rejects.toThrow(
    '~/.mlflow/credentials cannot be read (EISDIR).',
  );
});
