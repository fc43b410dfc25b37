import { readFile } from 'node:fs/promises';
import { InputError } from '@passmuster/core/errors.ts';
import { found } from '@passmuster/core/quote.ts';

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';

export const isAbsence = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error));

/** A file that somebody names. */
export async function textOf(path: string, from: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const says = isAbsence(error) ? 'is not there' : `cannot be read (${codeOf(error)})`;
    throw new InputError([{ message: `${from} names ${found(path)}, which ${says}.` }]);
  }
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** Checked here, for a connection would only say that it could not be made. */
export async function checkedCertificates(pem: string, from: string): Promise<string> {
  const blocks = [...pem.matchAll(BLOCK)];
  const hint = 'Give the certificate of the authority that signed the one of the API server.';
  if (blocks.length === 0) {
    throw new InputError([{ message: `${from} holds no certificate (PEM).`, hint }]);
  }
  const { X509Certificate } = await import('node:crypto');
  try {
    for (const [block] of blocks) new X509Certificate(block);
  } catch (error) {
    const message = `${from} holds a certificate that cannot be read (${codeOf(error)}).`;
    throw new InputError([{ message, hint }]);
  }
  return pem;
}

/** By what a kubeconfig has inside, or by the path of a file. */
export async function certificatesOf(
  data: string | undefined,
  path: string | undefined,
  from: string,
): Promise<{ ca?: string }> {
  const pem = data ? Buffer.from(data, 'base64').toString('utf8') : path && textOf(path, from);
  return pem ? { ca: await checkedCertificates(await pem, from) } : {};
}
