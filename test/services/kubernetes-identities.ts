import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { KubernetesAccess } from './kubernetes-api.ts';
import { makeAuthority, signed } from './kubernetes-certificates.ts';

export interface KubernetesUser {
  readonly name: string;
  readonly access: KubernetesAccess;
  /** The path of a file that says the same. */
  readonly kubeconfig: string;
}

export interface TokenUser extends KubernetesUser {
  readonly access: KubernetesAccess & { readonly token: string };
}

/** They may do nothing until a test binds a Role to them. */
export const PLAIN_USERS = ['alice', 'bob'] as const;

export type PlainUser = (typeof PLAIN_USERS)[number];

/** Those whom a server knows. */
export interface Identities {
  readonly admin: TokenUser;
  user(name: PlainUser): TokenUser;
  /** Anybody else, who comes with a certificate. */
  certified(name: string, groups?: readonly string[]): Promise<KubernetesUser>;
  /** A file for someone with a token that was asked for since. */
  kubeconfigOf(name: string, access: KubernetesAccess, namespace?: string): Promise<string>;
}

const ADMINS = 'system:masters';

/** Makes them in a new folder, with the flags by which an API server at `url` knows them. */
export async function makeIdentities(
  folder: string,
  url: string,
): Promise<Identities & { readonly flags: readonly string[] }> {
  await mkdir(folder);
  await makeAuthority(folder);
  await signed(folder, 'server', 'server', '/CN=kube-apiserver');
  await writeFile(`${folder}/accounts.key`, privateKey());
  const ca = await readFile(`${folder}/ca.crt`, 'utf8');

  const kubeconfigOf: Identities['kubeconfigOf'] = async (name, access, namespace) => {
    const path = `${folder}/${fileName(name)}.kubeconfig`;
    await writeFile(path, kubeconfig(name, access, namespace));
    return path;
  };
  const tokenUser = async (name: string): Promise<TokenUser> => {
    const access = { url, ca, token: randomBytes(16).toString('hex') };
    return { name, access, kubeconfig: await kubeconfigOf(name, access) };
  };

  const admin = await tokenUser('admin');
  const plain = await Promise.all(PLAIN_USERS.map(tokenUser));
  const lines = [admin, ...plain].map(({ name, access }) =>
    [access.token, name, name, ...(name === admin.name ? [ADMINS] : [])].join(),
  );
  await writeFile(`${folder}/tokens.csv`, `${lines.join('\n')}\n`);

  return {
    flags: flags(folder),
    admin,
    user(name) {
      const one = plain.find((user) => user.name === name);
      if (one === undefined) throw new Error(`there is no user ${name}`);
      return one;
    },
    async certified(name, groups = []) {
      const subject = [`/CN=${name}`, ...groups.map((group) => `/O=${group}`)].join('');
      await signed(folder, fileName(name), 'client', subject);
      const read = (ending: string) => readFile(`${folder}/${fileName(name)}.${ending}`, 'utf8');
      const access = { url, ca, cert: await read('crt'), key: await read('key') };
      return { name, access, kubeconfig: await kubeconfigOf(name, access) };
    },
    kubeconfigOf,
  };
}

const flags = (folder: string): string[] => [
  `--tls-cert-file=${folder}/server.crt`,
  `--tls-private-key-file=${folder}/server.key`,
  `--client-ca-file=${folder}/ca.crt`,
  `--token-auth-file=${folder}/tokens.csv`,
  // For the tokens of service accounts, which are asked for.
  '--service-account-issuer=https://kubernetes.default.svc',
  `--service-account-key-file=${folder}/accounts.key`,
  `--service-account-signing-key-file=${folder}/accounts.key`,
];

const privateKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'sec1',
    format: 'pem',
  });

/** Names of service accounts have colons. */
const fileName = (name: string): string => `user-${name.replace(/[^\w.-]/g, '_')}`;

/** In JSON, which is YAML too. */
function kubeconfig(name: string, access: KubernetesAccess, namespace = 'default'): string {
  const { url, ca, token, cert, key } = access;
  const inline = (pem: string): string => Buffer.from(pem).toString('base64');
  const user = {
    token,
    ...(cert !== undefined && { 'client-certificate-data': inline(cert) }),
    ...(key !== undefined && { 'client-key-data': inline(key) }),
  };
  const cluster = { server: url, 'certificate-authority-data': inline(ca) };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: name, namespace } }],
    clusters: [{ name: 'test', cluster }],
    users: [{ name, user }],
  };
  return JSON.stringify(config, null, 2);
}
