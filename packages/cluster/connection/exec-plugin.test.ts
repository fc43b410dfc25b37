import { readFileSync } from 'node:fs';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import { expect, test } from 'vitest';
import { folderWith, handClock, kubeconfig, openingOf } from './opening.fixture.ts';
import { accessOf } from './sources.ts';

const V1 = 'client.authentication.k8s.io/v1';

/** What a program printed is what it was asked by as well. */
const printing = (status: unknown) =>
  `#!/bin/sh\necho "$KUBERNETES_EXEC_INFO" >>"$0.asked"\ncat <<'END'\n${JSON.stringify({ apiVersion: V1, kind: 'ExecCredential', status })}\nEND\n`;

const at = (milliseconds: number): string =>
  new Date(1_800_000_000_000 + milliseconds).toISOString();

async function plugged(script: string, exec: Record<string, unknown> = {}) {
  const user = { token: undefined, exec: { apiVersion: V1, command: './login.sh', ...exec } };
  const folder = folderWith({
    'login.sh': script,
    config: kubeconfig({ user, cluster: { 'tls-server-name': 'kubernetes' } }),
  });
  const clock = handClock();
  const variables = { PATH: process.env['PATH'] };
  const access = await accessOf(
    openingOf({ kubeconfig: `${folder}/config` }, { clock, variables }),
  );
  const asked = () => readFileSync(`${folder}/login.sh.asked`, 'utf8').trimEnd().split('\n');
  return { access, clock, asked };
}

test('what it gives holds until it is old, or refused', async () => {
  const status = { token: 'given', expirationTimestamp: at(100_000) };
  const { access, clock, asked } = await plugged(printing(status));
  await Promise.all([access.credentials(), access.credentials()]);
  expect(await access.credentials()).toEqual({
    headers: { authorization: 'Bearer given' },
    secrets: ['given'],
  });
  clock.move(79_000);
  await access.credentials();
  expect(asked().length).toBe(1);
  clock.move(2_000);
  await access.credentials();
  expect(asked().length).toBe(2);
  expect(access.renew()).toBe(true);
  await access.credentials();
  expect(asked().length).toBe(3);
});

test('it is told that nobody is there, and of the cluster where it wants to know', async () => {
  const one = await plugged(printing({ token: 'given' }));
  await one.access.credentials();
  expect(JSON.parse(one.asked()[0] ?? '')).toEqual({
    apiVersion: V1,
    kind: 'ExecCredential',
    spec: { interactive: false },
  });
  const two = await plugged(printing({ token: 'given' }), { provideClusterInfo: true });
  await two.access.credentials();
  expect(JSON.parse(two.asked()[0] ?? '').spec).toEqual({
    interactive: false,
    cluster: { server: 'https://one.example:6443', 'tls-server-name': 'kubernetes' },
  });
});

test('a certificate in place of a token', async () => {
  const status = { clientCertificateData: 'CERT', clientKeyData: 'KEY' };
  const { access } = await plugged(printing(status));
  expect(await access.credentials()).toEqual({
    headers: {},
    cert: 'CERT',
    key: 'KEY',
    secrets: [],
  });
});

test.each<[string, string, Record<string, unknown>, string]>([
  [
    'fails',
    '#!/bin/sh\necho "first line" >&2\necho "not logged in" >&2\nexit 3\n',
    {},
    'it ended with 3, "not logged in".',
  ],
  ['fails in silence', '#!/bin/sh\nexit 1\n', {}, 'it ended with 1.'],
  ['is not there', '', { command: 'no-such-login-program' }, 'it is not installed.'],
  ['prints something else', '#!/bin/sh\necho hello\n', {}, 'holds neither a token'],
  ['prints nothing of use', printing({}), {}, 'holds neither a token'],
  ['wants a person', '', { interactiveMode: 'Always' }, 'nobody is there'],
])('one that %s', async (_, script, exec, expected) => {
  const { access } = await plugged(script, { installHint: 'Ask the platform team.', ...exec });
  const error = await access.credentials().catch((thrown: unknown) => thrown);
  if (!(error instanceof ClusterError)) throw error;
  expect(error.failure).toEqual({ reason: 'denied', effect: 'none' });
  expect(error.message).toContain(expected);
  expect(error.message).toMatch(/^The plugin (\.\/login\.sh|no-such-login-program) /);
  expect(error.problems[0]?.hint).toBe('Ask the platform team.');
});
