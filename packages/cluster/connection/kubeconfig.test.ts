import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { authority } from '../http/certificates.fixture.ts';
import { folderWith, kubeconfig, openingOf } from './opening.fixture.ts';
import { accessOf } from './sources.ts';

const access = (document: unknown, context?: string) =>
  accessOf(openingOf({ kubeconfig: `${folderWith({ config: document })}/config`, context }));

async function refusal(document: unknown, context?: string): Promise<string> {
  const error = await access(document, context).then(
    ({ address }) => new Error(`No error, but ${address}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw error;
  return error.problems.map(({ message, hint }) => `${message} ${hint ?? ''}`).join('\n');
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

test.each<[string, unknown, string | undefined, readonly string[]]>([
  [
    'a context that is not there',
    kubeconfig(),
    'tow',
    ['"tow"', 'there are "one", "two"', 'mean "two"'],
  ],
  [
    'a current context that is not there',
    kubeconfig({ current: 'old' }),
    undefined,
    ['The current-context is "old"', 'there are "one", "two"'],
  ],
  [
    'no current context',
    kubeconfig({ current: '' }),
    undefined,
    ['no current-context', '`context`'],
  ],
  [
    'a cluster that is not there',
    { ...kubeconfig(), clusters: [] },
    undefined,
    ['The context "one"', 'the cluster "c1", which is not there'],
  ],
  [
    'a user that is not there',
    { ...kubeconfig(), users: null },
    undefined,
    ['the user "u1", which is not there'],
  ],
  ['a cluster without a server', kubeconfig({ cluster: { server: '' } }), undefined, ['no server']],
  [
    'plain http',
    kubeconfig({ cluster: { server: 'http://one.example' } }),
    undefined,
    ['The server of the cluster "c1"', 'expected https:'],
  ],
  [
    'whoever answers is trusted',
    kubeconfig({ cluster: { 'insecure-skip-tls-verify': true } }),
    undefined,
    ['insecure-skip-tls-verify', 'certificate-authority-data'],
  ],
  [
    'an authority that is not there',
    kubeconfig({ cluster: { 'certificate-authority': 'no/ca.crt' } }),
    undefined,
    ['certificate-authority of the cluster "c1"', 'no/ca.crt", which is not there'],
  ],
  [
    'a key that is not there',
    kubeconfig({ user: { 'client-key': 'no.key' } }),
    undefined,
    ['The client-key of the user "u1"', 'ENOENT'],
  ],
  [
    'groups to be somebody else with',
    kubeconfig({ user: { 'as-groups': ['x'] } }),
    undefined,
    ['as-groups'],
  ],
  ['no YAML', 'clusters: [\n  token: secret-token: x', undefined, ['line 2']],
  ['nothing', '', undefined, ['is empty']],
  ['something else', 'a: b', undefined, ['is no kubeconfig']],
])('%s', async (_, document, context, expected) => {
  const said = await refusal(document, context);
  for (const words of expected) expect(said).toContain(words);
  expect(said).not.toMatch(/secret-token|token-of-u1/);
});

test('certificates inside and beside, and what a server is called', async () => {
  const { cert, client } = authority();
  const cluster = {
    'certificate-authority-data': base64(cert),
    'tls-server-name': 'kubernetes',
    'proxy-url': 'http://proxy.example:3128',
  };
  const inside = {
    'client-certificate-data': base64(client.cert),
    'client-key-data': base64(client.key),
  };
  const one = await access(kubeconfig({ cluster, user: { token: undefined, ...inside } }));
  expect(one).toMatchObject({
    ca: cert,
    serverName: 'kubernetes',
    proxyUrl: 'http://proxy.example:3128',
  });
  const { cert: ofUser, key } = await one.credentials();
  expect({ cert: ofUser, key }).toEqual(client);

  const folder = folderWith({
    'ca.crt': cert,
    'me.crt': client.cert,
    'me.key': client.key,
    config: kubeconfig({
      cluster: { 'certificate-authority': 'ca.crt' },
      user: { token: undefined, 'client-certificate': 'me.crt', 'client-key': './me.key' },
    }),
  });
  const beside = await accessOf(openingOf({ kubeconfig: `${folder}/config` }));
  expect(beside.ca).toBe(cert);
  expect(await beside.credentials()).toMatchObject(client);
});

test('a token in a file, and to be somebody else', async () => {
  const folder = folderWith({
    token: 'from-the-file\n',
    config: kubeconfig({ user: { token: undefined, tokenFile: 'token' } }),
    other: kubeconfig({ user: { as: 'bob', 'as-uid': '7' } }),
  });
  const file = await accessOf(openingOf({ kubeconfig: `${folder}/config` }));
  expect((await file.credentials()).headers).toEqual({ authorization: 'Bearer from-the-file' });
  const other = await accessOf(openingOf({ kubeconfig: `${folder}/other` }));
  expect((await other.credentials()).headers).toEqual({
    authorization: 'Bearer token-of-u1',
    'impersonate-user': 'bob',
    'impersonate-uid': '7',
  });
  expect(other.login).toBe(`the user "u1" of the context "one" in ${folder}/other`);
});
