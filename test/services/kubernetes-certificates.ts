import { writeFile } from 'node:fs/promises';
import { must } from './must.ts';

/** Where `signed` puts what it makes: `NAME.crt` and `NAME.key`. */
const files = (name: string) => ({ cert: `${name}.crt`, key: `${name}.key` });

const SETTINGS = `[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[server]
extendedKeyUsage = serverAuth
subjectAltName = IP:127.0.0.1, DNS:localhost
[client]
extendedKeyUsage = clientAuth
`;

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const DAYS = ['-days', '2'];

/** An authority in `folder`: `ca.crt` and `ca.key`. */
export async function makeAuthority(folder: string): Promise<void> {
  await writeFile(`${folder}/openssl.cnf`, SETTINGS);
  const { cert, key } = files('ca');
  const made = ['-x509', '-config', 'openssl.cnf', '-extensions', 'authority', ...KEY, ...DAYS];
  const subject = ['-subj', '/CN=Kubernetes for tests'];
  await must('openssl', ['req', ...made, ...subject, '-keyout', key, '-out', cert], folder);
}

/** A certificate in the authority's folder, for a server here or for a user (CN) of groups (O). */
export async function signed(
  folder: string,
  name: string,
  kind: 'server' | 'client',
  subject: string,
): Promise<void> {
  const { cert, key } = files(name);
  const asked = ['-config', 'openssl.cnf', ...KEY, '-subj', subject];
  await must('openssl', ['req', ...asked, '-keyout', key, '-out', `${name}.csr`], folder);
  const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAserial', `${name}.srl`, '-CAcreateserial'];
  const as = ['-extfile', 'openssl.cnf', '-extensions', kind];
  const made = ['-in', `${name}.csr`, '-out', cert, ...by, ...as, ...DAYS];
  await must('openssl', ['x509', '-req', ...made], folder);
}
