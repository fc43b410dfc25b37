import { quotable } from '@passmuster/core/quote.ts';
import { isUnsupported, RegistryError } from '@passmuster/core/registry/error.ts';
import type { Artifacts, Call } from '@passmuster/core/registry/registry.ts';
import type { Ask, Reply, Transport } from '../http/transport.ts';
import { artifactPath, encodedPath, folderAndName } from './artifact-path.ts';
import { boundsOf } from './bounds.ts';
import { isMissing, isRefused, unsupported } from './errors.ts';
import { list, requiredText } from './fields.ts';
import { refusal, understood } from './wire.ts';

export const ARTIFACTS = '/api/2.0/mlflow-artifacts/artifacts';

export function artifactMethods(transport: Transport): Artifacts {
  return {
    async readArtifact(uri, maxBytes, call) {
      const bounds = boundsOf(call);
      const path = artifactPath(uri);
      const what = `read the file ${quotable(uri, 200)}`;
      const ask = { method: 'GET', path: pathTo(path), maxBytes, what, repeatable: true } as const;
      try {
        return (await sent(transport, { ...ask, ...bounded(bounds()) })).body;
      } catch (error) {
        if (isMissing(error)) return undefined;
        if (isInternal(error) && !(await isListed(transport, path, bounds()))) return undefined;
        throw error;
      }
    },

    async writeArtifact(uri, bytes, call) {
      const path = pathTo(artifactPath(uri));
      const what = `write the file ${quotable(uri, 200)}`;
      const ask = { method: 'PUT', path, bytes, what, repeatable: true, ...bounded(call) } as const;
      const reply = await sent(transport, ask);
      // MLflow answers `{}` or nothing; a login before it, a page.
      if (/html/.test(reply.type)) {
        throw refusal(transport, reply, what, 'unknown', 'the answer is a page');
      }
    },
  };
}

const pathTo = (path: string): string => `${ARTIFACTS}/${encodedPath(path)}`;

const bounded = (call: Call | undefined): { call?: Call } => (call ? { call } : {});

async function sent(transport: Transport, ask: Ask): Promise<Reply> {
  try {
    return await transport.send(ask);
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const isOff = servesNoFiles(error) || (await isLastingly503(transport, error, ask.call));
    throw isOff ? unsupported('artifacts', transport.address, ask.what, error) : error;
  }
}

/** MLflow 2 words its 503 so that it passes for a page, but not where folders are listed. */
async function isLastingly503(
  transport: Transport,
  { failure }: RegistryError,
  call: Call | undefined,
): Promise<boolean> {
  if (failure.status !== 503) return false;
  try {
    return !(await servesFiles(transport, call));
  } catch {
    return false;
  }
}

/** Not repeated: the 503 of a server that serves no files is for ever. */
export async function servesFiles(transport: Transport, call: Call | undefined): Promise<boolean> {
  const query = [['path', 'passmuster-probe']] as const;
  const what = 'ask whether the registry serves files';
  const ask = { method: 'GET', path: ARTIFACTS, query, repeatable: false, what } as const;
  try {
    await transport.send({ ...ask, ...bounded(call) });
    return true;
  } catch (error) {
    if (servesNoFiles(error)) return false;
    if (isMissing(error) || isRefused(error)) return true;
    throw error;
  }
}

/** `--no-serve-artifacts` is a 503 that names the option; no other 503 lasts. */
const servesNoFiles = (error: unknown): boolean =>
  isUnsupported(error) ||
  (error instanceof RegistryError &&
    error.failure.status === 503 &&
    error.message.includes('serve-artifacts'));

const isInternal = (error: unknown): boolean =>
  error instanceof RegistryError && error.failure.code === 'INTERNAL_ERROR';

/** MLflow 2 answers 500 for a file that is not there; whether its folder lists it tells. */
async function isListed(
  transport: Transport,
  path: string,
  call: Call | undefined,
): Promise<boolean> {
  const { folder, name } = folderAndName(path);
  const what = `list the folder ${quotable(folder, 200)}`;
  const query = [['path', folder]] as const;
  const ask = { method: 'GET', path: ARTIFACTS, query, repeatable: true, what } as const;
  const reply = await transport.send({ ...ask, ...bounded(call) });
  return understood(
    reply,
    (body) => list(body, 'files').some((file) => requiredText(file, 'path') === name),
    (problem) => refusal(transport, reply, what, 'none', problem),
  );
}
