import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import { InputError } from '@passmuster/core/errors.ts';
import { found, quotable } from '@passmuster/core/quote.ts';
import type { Access, Credentials } from './access.ts';
import { codeOf } from './files.ts';
import { type Fields, textIn } from './kubeconfig-files.ts';

const FILES = ['client-certificate', 'client-key'] as const;

/** The same, with paths that hold from anywhere; what cannot be read is known now. */
function withOwnPaths(fields: Fields, name: string, folder: string): Fields {
  const absolute: Record<string, string> = {};
  for (const key of FILES) {
    const path = textIn(fields, key);
    if (path === '') continue;
    absolute[key] = isAbsolute(path) ? path : resolve(folder, path);
    try {
      readFileSync(absolute[key]);
    } catch (error) {
      const message = `The ${key} of the user ${found(name)} is ${found(path)}, which cannot be read (${codeOf(error)}).`;
      throw new InputError([{ message }]);
    }
  }
  return { ...fields, ...absolute };
}

const pem = (value: unknown): string =>
  Buffer.isBuffer(value) || typeof value === 'string' ? value.toString() : '';

interface Applied {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly auth?: string | null;
  readonly cert?: unknown;
  readonly key?: unknown;
}

/** `as` and its like: to be somebody else, which needs a right of its own. */
function impersonation(fields: Fields): Record<string, string> {
  const [user, uid] = [textIn(fields, 'as'), textIn(fields, 'as-uid')];
  if (fields['as-groups'] !== undefined || fields['as-user-extra'] !== undefined) {
    const message = 'A kubeconfig with as-groups or as-user-extra is not supported.';
    throw new InputError([{ message, hint: 'Log in as the one who is meant.' }]);
  }
  return { ...(user && { 'impersonate-user': user }), ...(uid && { 'impersonate-uid': uid }) };
}

function credentialsOf({ headers = {}, auth, cert, key }: Applied, fields: Fields): Credentials {
  const basic = auth ? `Basic ${Buffer.from(auth).toString('base64')}` : undefined;
  const authorization = basic ?? String(headers['Authorization'] ?? '');
  const [ofCert, ofKey] = [pem(cert), pem(key)];
  const secret = authorization.replace(/^\w+ /, '');
  return {
    headers: { ...(authorization && { authorization }), ...impersonation(fields) },
    ...(ofCert && ofKey && { cert: ofCert, key: ofKey }),
    secrets: [secret, textIn(fields, 'password')].filter((one) => one !== ''),
  };
}

/** As the official client logs a user in: by token, password, certificate or the older providers. */
export async function kubeconfigUser(
  fields: Fields,
  name: string,
  folder: string,
): Promise<Pick<Access, 'credentials' | 'renew'>> {
  impersonation(fields);
  const user = withOwnPaths(fields, name, folder);
  const { KubeConfig } = await import('./client-node.ts');
  const config = new KubeConfig();
  config.loadFromString(
    JSON.stringify({
      'current-context': 'own',
      contexts: [{ name: 'own', context: { cluster: 'own', user: 'own' } }],
      clusters: [{ name: 'own', cluster: { server: 'https://own.invalid' } }],
      users: [{ name: 'own', user }],
    }),
  );
  const isRenewable = fields['auth-provider'] !== undefined && fields['auth-provider'] !== null;
  const applied = async (): Promise<Credentials> => {
    const options: Parameters<typeof config.applyToHTTPSOptions>[0] = {};
    await config.applyToHTTPSOptions(options);
    return credentialsOf(options as Applied, fields);
  };
  let held: Promise<Credentials> | undefined;
  return {
    credentials() {
      // The files of a certificate are not read again for each request; a provider knows itself what is old.
      if (!isRenewable && held) return held;
      held = applied().catch((error: unknown) => {
        held = undefined;
        const said = quotable(error instanceof Error ? error.message : String(error), 200);
        const message = `The user ${found(name)} of the kubeconfig could not be logged in: ${said}`;
        throw new ClusterError({ reason: 'denied', effect: 'none' }, { message });
      });
      return held;
    },
    renew: () => isRenewable,
  };
}
