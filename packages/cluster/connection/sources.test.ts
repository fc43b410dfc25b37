import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import type { ClusterInputs, Opening } from '../opening.ts';
import { folderWith, kubeconfig, openingOf } from './opening.fixture.ts';
import { accessOf } from './sources.ts';

const access = (inputs: ClusterInputs, more: Partial<Opening> = {}) =>
  accessOf(openingOf(inputs, more));

async function refusal(inputs: ClusterInputs, more: Partial<Opening> = {}): Promise<string> {
  const error = await access(inputs, more).then(
    ({ address }) => new Error(`No error, but ${address}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw error;
  return error.problems.map(({ message, hint }) => `${message} ${hint ?? ''}`).join('\n');
}

const SERVER = 'https://given.example:6443';
const INSIDE = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };

/** Every place where a cluster may be named. */
async function everywhere() {
  const files = folderWith({ given: kubeconfig(), variable: kubeconfig({ current: 'two' }) });
  const home = folderWith({});
  mkdirSync(`${home}/.kube`);
  const server = 'https://home.example';
  const own = JSON.stringify(kubeconfig({ cluster: { server } }));
  writeFileSync(`${home}/.kube/config`, own);
  const { authority } = await import('../http/certificates.fixture.ts');
  const serviceAccount = folderWith({ token: 'token-of-the-pod\n', 'ca.crt': authority().cert });
  return { files, home, serviceAccount };
}

test('inputs come before KUBECONFIG, that before the pod that we are in, that before the home', async () => {
  const { files, home, serviceAccount } = await everywhere();
  const more = {
    home,
    serviceAccount,
    variables: { ...INSIDE, KUBECONFIG: `${files}/variable` },
  };
  const addressBy = async (inputs: ClusterInputs, its: Partial<Opening>) =>
    (await access(inputs, { ...more, ...its })).address;
  expect(await addressBy({ server: SERVER }, {})).toBe(SERVER);
  expect(await addressBy({ kubeconfig: `${files}/given` }, {})).toBe('https://one.example:6443');
  expect(await addressBy({}, {})).toBe('https://two.example/k8s/clusters/c-1');
  expect(await addressBy({}, { variables: INSIDE })).toBe('https://[fd00::1]');
  expect(await addressBy({ context: 'one' }, { variables: INSIDE })).toBe('https://home.example');
  expect(await addressBy({}, { variables: {} })).toBe('https://home.example');
});

test('the service account of a pod, whose token is read anew', async () => {
  const { serviceAccount } = await everywhere();
  const opening = openingOf({}, { serviceAccount, variables: INSIDE });
  const inside = await accessOf(opening);
  expect((await inside.credentials()).headers).toEqual({
    authorization: 'Bearer token-of-the-pod',
  });
  writeFileSync(`${serviceAccount}/token`, 'newer');
  expect((await inside.credentials()).secrets).toEqual(['token-of-the-pod']);
  expect(inside.renew()).toBe(true);
  expect((await inside.credentials()).secrets).toEqual(['newer']);
});

test('a document as it is, by its line breaks', async () => {
  const text = `${JSON.stringify(kubeconfig(), null, 1)}\n`;
  const given = await access({ kubeconfig: text, context: 'two' });
  expect(given.address).toBe('https://two.example/k8s/clusters/c-1');
  expect((await given.credentials()).headers).toEqual({ authorization: 'Bearer token-of-u1' });
});

test('several files, of which the first that names something counts', async () => {
  const other = {
    'current-context': 'three',
    contexts: [{ name: 'three', context: { cluster: 'c1', user: 'u3' } }],
    users: [{ name: 'u3', user: { username: 'me', password: 'pass:word' } }],
  };
  const folder = folderWith({ a: other, b: kubeconfig() });
  const paths = ['a', 'b', 'c'].map((name) => `${folder}/${name}`);
  const variables = { KUBECONFIG: paths.join(delimiter) };
  const three = await access({}, { variables });
  expect(three.address).toBe('https://one.example:6443');
  const basic = Buffer.from('me:pass:word').toString('base64');
  expect(await three.credentials()).toEqual({
    headers: { authorization: `Basic ${basic}` },
    secrets: [basic, 'pass:word'],
  });
  expect(await refusal({ kubeconfig: paths.join(delimiter) })).toContain('/c", which is not there');
  expect(await refusal({}, { variables: { KUBECONFIG: '/no/a:/no/b' } })).toContain(
    'none of them is there',
  );
});

test.each<[string, ClusterInputs, string]>([
  ['server and kubeconfig', { server: SERVER, kubeconfig: 'x' }, '`server` and `kubeconfig`'],
  ['server and context', { server: SERVER, context: 'x' }, '`server` and `context`'],
  ['a token alone', { token: 'x' }, '`token` is given without `server`'],
  ['an authority alone', { ca: 'x', kubeconfig: 'y' }, '`ca` is given without `server`'],
  ['nothing', {}, 'Give the input `kubeconfig`'],
  ['plain http', { server: 'http://10.0.0.1:8080' }, 'expected https:'],
  ['another scheme', { server: 'ftp://x' }, 'begins with ftp:'],
  ['no address', { server: 'one.example' }, 'is no address'],
  ['a login', { server: 'https://me:secret@one.example' }, 'holds a user name'],
  ['a query', { server: 'https://one.example/?x=1' }, 'with ? or #'],
  ['a token with a line break', { server: SERVER, token: 'a\nb' }, 'signs that no token has'],
  ['no file', { server: SERVER, ca: '/no/ca.pem' }, '"/no/ca.pem", which is not there'],
  [
    'no certificate',
    { server: SERVER, ca: '-----BEGIN PRIVATE KEY-----' },
    'holds no certificate (PEM)',
  ],
  [
    'a broken certificate',
    { server: SERVER, ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
    'a certificate that cannot be read',
  ],
  ['a kubeconfig that is not there', { kubeconfig: '/no/config' }, '"/no/config", which is not'],
])('%s', async (_, inputs, expected) => {
  const said = await refusal(inputs);
  expect(said).toContain(expected);
  expect(said).not.toContain('secret');
});

test('trusting everybody', async () => {
  const variables = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  expect(await refusal({ server: SERVER }, { variables })).toContain('lets anybody pose');
});

test('plain http to this machine, with and without a token', async () => {
  const one = await access({ server: 'http://localhost:8001/', token: ' abc ' });
  expect(one.address).toBe('http://localhost:8001');
  expect((await one.credentials()).headers).toEqual({ authorization: 'Bearer abc' });
  const none = await access({ server: 'http://127.0.0.1:8001' });
  expect((await none.credentials()).headers).toEqual({});
  expect(none.renew()).toBe(false);
});
