import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** An authority, and certificates that it signed. */
export interface Authority extends Pair {
  readonly server: Pair;
  readonly client: Pair;
  /** For another host. */
  readonly other: Pair;
  /** Of a day that is past. */
  readonly expired: Pair;
}

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Made anew, by openssl. */
export function authority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'passmuster-certificates-'));
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const read = (name: string): Pair => ({
    cert: readFileSync(join(folder, `${name}.pem`), 'utf8'),
    key: readFileSync(join(folder, `${name}.key`), 'utf8'),
  });

  function signed(name: string, extension: string, dates: string[] = ['-days', '2']): Pair {
    writeFileSync(join(folder, `${name}.ext`), extension);
    openssl('req', ...EC, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
    const files = ['-in', `${name}.csr`, '-out', `${name}.pem`, '-extfile', `${name}.ext`];
    openssl('x509', '-req', ...by, ...files, ...dates);
    return read(name);
  }

  try {
    openssl(
      'req',
      '-x509',
      ...EC,
      '-subj',
      '/CN=Test authority',
      '-days',
      '2',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
    );
    const here = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
    return {
      ...read('ca'),
      server: signed('server', here),
      client: signed('client', 'extendedKeyUsage=clientAuth'),
      other: signed('other', 'subjectAltName=DNS:elsewhere.example'),
      expired: signed('expired', here, ['-days', '-1']),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
