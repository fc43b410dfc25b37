import { access } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import type { Clock } from '@passmuster/core/clock.ts';
import type { Variables } from '../opening.ts';
import type { Access } from './access.ts';
import { certificatesOf } from './files.ts';
import { serverAddress } from './server.ts';
import { tokenFile } from './token-file.ts';

export const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The cluster that we run in, as the service account of our pod; nothing where we run elsewhere. */
export async function inClusterAccess(
  variables: Variables,
  folder: string,
  clock: Clock,
): Promise<Access | undefined> {
  const host = variables['KUBERNETES_SERVICE_HOST'];
  const token = `${folder}/token`;
  if (!host) return undefined;
  const isThere = await access(token).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  const port = variables['KUBERNETES_SERVICE_PORT'] || '443';
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  return {
    address: serverAddress(server, 'KUBERNETES_SERVICE_HOST'),
    ...(await certificatesOf(undefined, `${folder}/ca.crt`, 'The service account of this pod')),
    login: 'the service account of this pod',
    ...tokenFile(token, clock),
  };
}
