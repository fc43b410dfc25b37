import { InputError, type Problem } from '@passmuster/core/errors.ts';
import { describe, expect, test } from 'vitest';
import {
  type ConnectionSources,
  connectionsOf,
  type GivenAddress,
  localConnection,
} from './connection.ts';

const URI = 'https://mlflow.example.com';
const TRACKING = { MLFLOW_TRACKING_URI: URI };
const LOGIN = { MLFLOW_TRACKING_USERNAME: 'me', MLFLOW_TRACKING_PASSWORD: 'secret-word' };
const TOKEN = { MLFLOW_TRACKING_TOKEN: 'secret-token' };
const ENCODED = Buffer.from('me:secret-word').toString('base64');

const of = (variables: Record<string, string>, rest: Partial<ConnectionSources> = {}) =>
  connectionsOf({ variables, ...rest });

function problemsOf(...given: Parameters<typeof of>): readonly Problem[] {
  try {
    of(...given);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

describe('where to', () => {
  const given = (value: string): GivenAddress => ({
    value,
    from: 'The input `registry`',
    trusted: true,
  });

  test.each<[string, Record<string, string>, GivenAddress | undefined, string, string]>([
    ['the variable', TRACKING, undefined, URI, URI],
    [
      'both variables',
      { ...TRACKING, MLFLOW_REGISTRY_URI: 'http://r:1/' },
      undefined,
      'http://r:1',
      URI,
    ],
    ['models alone', { MLFLOW_REGISTRY_URI: 'http://r:1' }, undefined, 'http://r:1', 'http://r:1'],
    [
      'an input',
      { ...TRACKING, MLFLOW_REGISTRY_URI: 'http://r:1' },
      given('https://i/px//'),
      'https://i/px',
      'https://i/px',
    ],
    ['an empty variable', { ...TRACKING, MLFLOW_REGISTRY_URI: '' }, undefined, URI, URI],
    [
      'one way of writing it',
      { MLFLOW_TRACKING_URI: 'http://Host:80/' },
      undefined,
      'http://host',
      'http://host',
    ],
  ])('%s', (_, variables, address, registry, tracking) => {
    const connections = of(variables, address && { given: address });
    expect(connections.registry.address).toBe(registry);
    expect(connections.tracking.address).toBe(tracking);
    expect(connections.registry === connections.tracking).toBe(registry === tracking);
  });

  test.each([
    ['sqlite:///mlflow.db', 'names a database, which only MLflow itself opens'],
    ['postgresql+psycopg2://me:secret-word@db/mlflow', 'names a database'],
    ['databricks', 'names a Databricks profile'],
    ['databricks://profile', 'names a Databricks profile'],
    ['databricks-uc', 'names a Databricks profile'],
    ['embedded:registry.db', 'names an embedded registry'],
    ['uc:http://x', 'names a Unity Catalog'],
    ['arn:aws:sagemaker:x', 'names a server by an ARN'],
    ['azureml://x', 'names an Azure ML workspace'],
    ['file:///tmp/mlruns', 'names a folder or a file'],
    ['./mlruns', 'names a folder or a file'],
    ['/srv/mlruns', 'names a folder or a file'],
    ['C:\\mlruns', 'names a folder or a file'],
    ['mlruns', 'names a folder or a file'],
    ['https://me:secret-word@x', 'must be an address without user name and password'],
    ['mlflow.example.com:5000', 'must be an address that starts with `https://`'],
    ['ftp://x', 'must be an address that starts with `https://`'],
    ['https://x:port', 'must be an address; check its host and its port'],
  ])('%s is no server', (uri, says) => {
    const problems = problemsOf({ MLFLOW_TRACKING_URI: uri });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(`MLFLOW_TRACKING_URI ${says}`);
    expect(JSON.stringify(problems)).not.toContain('secret-word');
  });

  test('nothing at all', () => {
    expect(problemsOf({})[0]?.message).toBe('No registry is named.');
  });
});

describe('as whom', () => {
  test.each([
    ['nobody', {}, undefined, []],
    ['user and password', LOGIN, `Basic ${ENCODED}`, ['secret-word', ENCODED]],
    ['a token', TOKEN, 'Bearer secret-token', ['secret-token']],
    ['both: the user', { ...LOGIN, ...TOKEN }, `Basic ${ENCODED}`, ['secret-word', ENCODED]],
  ])('%s', (_, variables, header, secrets) => {
    const { registry, ...connections } = of({ ...TRACKING, ...variables });
    expect(registry.authorization?.header).toBe(header);
    expect(connections).toMatchObject({ secrets, warnings: [] });
    expect(registry.secrets).toEqual(secrets);
  });

  const credentialsFile =
    '[mlflow]\nmlflow_tracking_username = me\nmlflow_tracking_password = secret-word\n';
  test.each([
    ['the file', {}, 'me:secret-word', 'of ~/.mlflow/credentials'],
    ['the file before a token', TOKEN, 'me:secret-word', 'of ~/.mlflow/credentials'],
    [
      'one variable before the file',
      { MLFLOW_TRACKING_USERNAME: 'you' },
      'you:secret-word',
      'MLFLOW_TRACKING_USERNAME',
    ],
  ])('%s', (_, variables, pair, kind) => {
    const { authorization } = of({ ...TRACKING, ...variables }, { credentialsFile }).registry;
    expect(authorization?.header).toBe(`Basic ${Buffer.from(pair).toString('base64')}`);
    expect(authorization?.kind).toContain(kind);
  });

  test('half a login is said aloud, and a token stands in for it', () => {
    const half = { ...TRACKING, MLFLOW_TRACKING_PASSWORD: 'secret-word' };
    expect(of(half)).toMatchObject({
      secrets: ['secret-word'],
      warnings: [
        'MLFLOW_TRACKING_PASSWORD is set without MLFLOW_TRACKING_USERNAME: neither is sent, as in MLflow.',
      ],
    });
    expect(of({ ...half, ...TOKEN }).registry.authorization?.header).toBe('Bearer secret-token');
  });

  test.each([
    [{ MLFLOW_TRACKING_TOKEN: 'secret-token\n' }, /MLFLOW_TRACKING_TOKEN holds a line break/],
    [{ MLFLOW_TRACKING_TOKEN: 'Bearer secret-token' }, /holds a space/],
    [{ MLFLOW_TRACKING_TOKEN: 'secret-tökén' }, /or a character that no token has/],
    [
      { ...LOGIN, MLFLOW_TRACKING_PASSWORD: 'secret-word\r\nx: y' },
      /password .* holds a line break/,
    ],
    [{ ...LOGIN, MLFLOW_TRACKING_USERNAME: 'me\u0000' }, /user name .* holds a line break/],
    [{ ...LOGIN, MLFLOW_TRACKING_USERNAME: 'me:you' }, /user name .* holds a colon/],
    [{ MLFLOW_TRACKING_AWS_SIGV4: 'true' }, /nothing is sent unsigned/],
    [{ MLFLOW_TRACKING_AWS_SIGV4: 'perhaps' }, /must be true or false, not "perhaps"/],
    [{ MLFLOW_TRACKING_AUTH: 'kubernetes' }, /names a plugin/],
    [{ MLFLOW_WORKSPACE: 'a\r\nb: c' }, /is no name of a workspace/],
    [{ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, /lets anybody pose as the registry/],
    [{ MLFLOW_TRACKING_INSECURE_TLS: 'yes' }, /must be true or false, not "yes"/],
    [{ MLFLOW_TRACKING_INSECURE_TLS: '1', MLFLOW_TRACKING_SERVER_CERT_PATH: 'x' }, /are both set/],
    [{ HTTPS_PROXY: 'socks5://me:secret-word@x' }, /names a socks5: proxy/],
  ])('%o is refused', (variables, message) => {
    const problems = problemsOf({ ...TRACKING, ...variables });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(message);
    expect(JSON.stringify(problems)).not.toMatch(/secret-/);
  });

  test.each([
    [{ MLFLOW_TRACKING_AWS_SIGV4: '0' }, {}],
    [{ MLFLOW_TRACKING_AWS_SIGV4: 'FALSE' }, {}],
    [{ MLFLOW_WORKSPACE: 'team-a' }, { workspace: 'team-a' }],
    [{ NODE_TLS_REJECT_UNAUTHORIZED: '1' }, { tls: { insecure: false } }],
    [{ MLFLOW_TRACKING_INSECURE_TLS: 'True' }, { tls: { insecure: true } }],
  ])('%o is taken', (variables, expected) => {
    expect(of({ ...TRACKING, ...variables }).registry).toMatchObject(expected);
  });

  test('all problems come together', () => {
    const many = {
      ...LOGIN,
      MLFLOW_TRACKING_URI: 'file:x',
      MLFLOW_TRACKING_AUTH: 'x',
      HTTPS_PROXY: 'http://',
      MLFLOW_TRACKING_USERNAME: 'a:b',
    };
    expect(problemsOf(many)).toHaveLength(4);
  });
});

describe('an address that a pull request could have changed', () => {
  const given: GivenAddress = {
    value: `${URI}/`,
    from: '`registry` in passmuster.yaml',
    trusted: false,
  };

  test.each([
    [LOGIN, {}, 'user name and password'],
    [TOKEN, {}, 'the token of MLFLOW_TRACKING_TOKEN'],
    [
      {},
      { certificates: { client: '-----BEGIN CERTIFICATE----- -----BEGIN PRIVATE KEY-----' } },
      'the client certificate',
    ],
  ])('is sent no login: %o', (variables, rest, sent) => {
    const problems = problemsOf({ ...variables }, { given, ...rest });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain('`registry` in passmuster.yaml names the registry, but');
    expect(problems[0]?.message).toContain(sent);
    expect(problems[0]?.hint).toContain('or in MLFLOW_TRACKING_URI');
  });

  test.each([
    ['nothing to send', {}, given],
    ['the environment names it, too', { ...LOGIN, ...TRACKING }, given],
    ['the environment names it for models', { ...LOGIN, MLFLOW_REGISTRY_URI: URI }, given],
    ['it is trusted', LOGIN, { ...given, trusted: true }],
  ])('is asked when %s', (_, variables, address) => {
    expect(of(variables, { given: address }).registry.address).toBe(URI);
  });
});

describe('said aloud', () => {
  test.each([
    ['http://mlflow.example.com', LOGIN, /unencrypted/],
    ['http://mlflow.example.com', {}, undefined],
    ['http://mlflow:5000', LOGIN, undefined],
    ['http://127.0.0.1:5000', TOKEN, undefined],
    [URI, LOGIN, undefined],
    [URI, { MLFLOW_TRACKING_INSECURE_TLS: 'true' }, /nobody checks/],
    ['http://mlflow:5000', { MLFLOW_TRACKING_INSECURE_TLS: 'true' }, undefined],
  ])('%s with %o', (uri, variables, warning) => {
    const { warnings } = of({ MLFLOW_TRACKING_URI: uri, ...variables });
    if (warning) expect(warnings).toEqual([expect.stringMatching(warning)]);
    else expect(warnings).toEqual([]);
  });
});

test.each([
  [{ server: 'x' }, /holds no certificate/],
  [{ client: '-----BEGIN CERTIFICATE-----' }, /must hold a certificate and its private key/],
  [{ client: '-----BEGIN CERTIFICATE----- -----BEGIN ENCRYPTED PRIVATE KEY-----' }, /is encrypted/],
])('certificates %o', (certificates, message) => {
  expect(problemsOf(TRACKING, { certificates })[0]?.message).toMatch(message);
});

test('a server of our own knows nothing of all that', () => {
  expect(localConnection('http://127.0.0.1:5000/', 'secret-token')).toMatchObject({
    address: 'http://127.0.0.1:5000',
    authorization: { header: 'Bearer secret-token' },
    proxies: { none: [] },
    secrets: ['secret-token'],
  });
});
