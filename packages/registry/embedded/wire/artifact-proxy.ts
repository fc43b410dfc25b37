import type { IncomingMessage } from 'node:http';
import { invalid } from '../refusal.ts';
import {
  artifactPath,
  deleteArtifacts,
  LARGEST_ARTIFACT,
  listArtifacts,
  readArtifact,
  writeArtifact,
} from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { bodyOf } from './body.ts';
import { json, notAllowed, type Reply } from './reply.ts';

const detail = (text: string): Reply => ({
  status: 400,
  type: 'application/json',
  body: JSON.stringify({ detail: text }),
});

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalid('Invalid path');
  }
}

/** What there is to do once the body is there: all of it at once, and as often as another is writing. */
export type Work = (db: Database) => Reply;

const listing =
  (folder: string): Work =>
  (db) => {
    const entries = db.read(() => listArtifacts(db, artifactPath(folder)));
    const files = entries.map(({ name, size }) => ({
      path: name,
      is_dir: size === undefined,
      ...(size === undefined ? {} : { file_size: size }),
    }));
    return json(files.length > 0 ? { files } : {});
  };

const reading =
  (path: string): Work =>
  (db) => {
    const found = db.read(() => readArtifact(db, path));
    if (found === 'folder') return detail('Artifact path refers to a directory, not a file.');
    return {
      status: 200,
      type: 'application/octet-stream',
      body: found,
      headers: { 'content-disposition': 'attachment' },
    };
  };

/** Files behind the registry itself. `rest` is what follows `…/artifacts`, still encoded. */
export async function artifactWork(
  request: IncomingMessage,
  rest: string,
  query: URLSearchParams,
): Promise<Work> {
  const { method = '' } = request;
  if (rest === '') {
    if (method === 'GET' || method === 'HEAD') return listing(query.get('path') ?? '');
    return () => notAllowed(['GET']);
  }
  const written = decoded(rest.slice(1));
  const path = artifactPath(written);
  if (path === '' || written.endsWith('/')) {
    return () => detail("Artifact path must include a filename (cannot end with '/').");
  }
  if (method === 'GET' || method === 'HEAD') return reading(path);
  if (method === 'DELETE') {
    return (db) => {
      db.write(() => deleteArtifacts(db, path));
      return json({});
    };
  }
  if (method !== 'PUT') return () => notAllowed(['GET', 'PUT', 'DELETE']);
  const content = await bodyOf(request, LARGEST_ARTIFACT);
  return (db) => {
    db.write(() => writeArtifact(db, path, content));
    return { status: 200, body: '' };
  };
}
