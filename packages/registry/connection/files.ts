import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, type Problem } from '@passmuster/core/errors.ts';
import { found } from '@passmuster/core/quote.ts';
import type { ConnectionSources } from './connection.ts';
import type { Variables } from './proxies.ts';
import { CLIENT_CERTIFICATE, SERVER_CERTIFICATE } from './tls.ts';

type Files = Pick<ConnectionSources, 'credentialsFile' | 'certificates'>;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';

/** A text, or why there is none. */
async function textOf(file: string, called: string): Promise<string | Problem> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    const says = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    return { message: `${called} names ${found(file)}, which ${says}; expected a PEM file.` };
  }
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** Throws where a part cannot be used; Node takes some of those for no certificate, and says nothing. */
async function checkPem(pem: string, withKey: boolean): Promise<void> {
  const [{ X509Certificate }, { createSecureContext }] = await Promise.all([
    import('node:crypto'),
    import('node:tls'),
  ]);
  for (const [block] of pem.matchAll(BLOCK)) new X509Certificate(block);
  if (withKey) createSecureContext({ cert: pem, key: pem });
}

/** Checked here, for a connection would only say that it could not be made. */
async function certificateOf(variables: Variables, name: string): Promise<string | Problem> {
  const file = variables[name];
  if (!file) return '';
  const pem = await textOf(file, name);
  if (typeof pem !== 'string') return pem;
  try {
    await checkPem(pem, /BEGIN (?:\w+ )?PRIVATE KEY/.test(pem) && !pem.includes('ENCRYPTED'));
    return pem;
  } catch (error) {
    return {
      message: `${name} names ${found(file)}, whose certificate or key cannot be used (${codeOf(error)}).`,
      hint: 'Check that the file is whole, and that the key belongs to the certificate.',
    };
  }
}

/** What of a connection stands on disk: the credentials of MLflow and the certificates. */
export async function readConnectionFiles(variables: Variables, home: string): Promise<Files> {
  const credentials = join(home, '.mlflow', 'credentials');
  const problems: Problem[] = [];
  const [text, server, client] = await Promise.all([
    readFile(credentials, 'utf8').catch((error: unknown) => {
      // Whoever has none logs in by variables, or not at all.
      if (!['ENOENT', 'ENOTDIR'].includes(codeOf(error))) {
        problems.push({
          message: `~/.mlflow/credentials cannot be read (${codeOf(error)}).`,
          hint: 'Give this user read access, or remove it.',
        });
      }
      return '';
    }),
    certificateOf(variables, SERVER_CERTIFICATE),
    certificateOf(variables, CLIENT_CERTIFICATE),
  ]);
  if (typeof server === 'object') problems.push(server);
  if (typeof client === 'object') problems.push(client);
  if (problems.length > 0) throw new InputError(problems);
  return {
    credentialsFile: text,
    certificates: {
      ...(typeof server === 'string' && server && { server }),
      ...(typeof client === 'string' && client && { client }),
    },
  };
}
