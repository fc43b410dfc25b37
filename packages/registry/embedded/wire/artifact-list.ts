import { uriOf } from '../checks/uris.ts';
import { unsupported } from '../refusal.ts';
import { artifactPath, listArtifacts } from '../store/artifacts.ts';
import { runOf } from '../store/runs.ts';
import { text } from './fields.ts';
import { type Route, reading } from './route.ts';
import { runId, runIdOf } from './run-routes.ts';

const joined = (...steps: readonly string[]): string =>
  steps.filter((step) => step !== '').join('/');

export const ARTIFACT_LIST_ROUTES: readonly Route[] = [
  reading('GET', 'artifacts/list', {
    fields: { ...runId, path: text, page_token: text },
    required: [],
    answer: (db, { path = '', ...sent }) => {
      const { artifact_uri: root } = runOf(db, runIdOf(sent));
      const uri = uriOf(root);
      if (uri.scheme !== 'mlflow-artifacts') throw unsupported('artifacts outside of itself');
      const below = artifactPath(path);
      const folder = joined(artifactPath(uri.path.replace(/^\/+/, '')), below);
      const files = listArtifacts(db, folder).map(({ name, size }) => ({
        path: joined(below, name),
        is_dir: size === undefined,
        ...(size === undefined ? {} : { file_size: size }),
      }));
      return { root_uri: root, ...(files.length > 0 ? { files } : {}) };
    },
  }),
];
