import { createHash } from 'node:crypto';
import type { Kept, RunInState } from './github-state.ts';

/** What of an address stands for in a body; GitHub repeats it many times. */
export interface At {
  readonly api: string;
  readonly server: string;
}

export const urls = (base: string, names: string): Record<string, string> =>
  Object.fromEntries(names.split(' ').map((name) => [`${name}_url`, `${base}/${name}`]));

const USER =
  'avatar events followers following gists html organizations received_events repos starred subscriptions';

export const user = ({ server }: At, login: string, type = 'User'): object => ({
  ...urls(`${server}/${login}`, USER),
  ...{ login, id: 1, node_id: 'U_1', gravatar_id: '', type, site_admin: false },
  url: `${server}/${login}`,
});

const REPOSITORY =
  'archive assignees blobs branches collaborators comments commits compare contents contributors ' +
  'deployments downloads events forks git_commits git_refs git_tags hooks html issue_comment ' +
  'issue_events issues keys labels languages merges milestones notifications pulls releases ' +
  'stargazers statuses subscribers subscription tags teams trees';

export function repository(at: At, fullName: string): object {
  const [owner = '', name = ''] = fullName.split('/');
  return {
    ...urls(`${at.api}/repos/${fullName}`, REPOSITORY),
    ...{ id: 2, node_id: 'R_2', name, full_name: fullName, owner: user(at, owner) },
    ...{ private: true, description: null, fork: false, url: `${at.api}/repos/${fullName}` },
  };
}

export const DATE = '2026-03-01T12:00:00Z';
const WHO = { name: 'Mona', email: 'mona@example.com' };

export function commitBody(at: At, name: string, sha: string, date = DATE): object {
  const url = `${at.api}/repos/${name}/commits/${sha}`;
  return {
    ...{ sha, node_id: 'C_3', url, html_url: `${at.server}/${name}/commit/${sha}` },
    ...{ comments_url: `${url}/comments`, author: user(at, 'mona'), committer: null, parents: [] },
    commit: {
      ...{ url, message: 'x', comment_count: 0, tree: { sha, url } },
      ...{ author: { ...WHO, date: DATE }, committer: { ...WHO, date } },
    },
  };
}

const RUN = 'artifacts cancel check_suite html jobs logs rerun workflow';

export function runBody(at: At, name: string, run: RunInState): object {
  const base = `${at.api}/repos/${name}/actions/runs/${run.id}`;
  const sha = '0'.repeat(40);
  return {
    ...urls(base, RUN),
    ...{ id: Number(run.id), node_id: 'WFR_4', url: base, run_number: 5, workflow_id: 6 },
    ...{ run_attempt: Number(run.attempt), head_branch: 'main', head_sha: sha, display_title: 'x' },
    ...{
      path: '.github/workflows/x.yml',
      event: 'push',
      created_at: run.created ?? DATE,
      updated_at: DATE,
    },
    ...{ status: run.status, conclusion: run.status === 'completed' ? 'success' : null },
    head_commit: {
      id: sha,
      tree_id: sha,
      message: 'x',
      timestamp: DATE,
      author: WHO,
      committer: WHO,
    },
    repository: repository(at, name),
    head_repository: repository(at, name),
    pull_requests: [],
  };
}

interface Item {
  readonly name: string;
  readonly path: string;
  readonly ref: string;
}

const item = (at: At, { name, path, ref }: Item, type: string, size: number): object => {
  const self = `${at.api}/repos/${name}/contents/${encodeURIComponent(path)}?ref=${ref}`;
  const html = `${at.server}/${name}/blob/${ref}/${encodeURIComponent(path)}`;
  const sha = createHash('sha1').update(path).digest('hex');
  const git = `${at.api}/repos/${name}/git/blobs/${sha}`;
  return {
    ...{ type, size, name: path.slice(path.lastIndexOf('/') + 1), path, sha },
    ...{ url: self, git_url: git, html_url: html, download_url: type === 'file' ? html : null },
    _links: { self, git, html },
  };
};

/** Up to here a content comes with its file. */
const LARGEST = 2 ** 20;

export function contentBody(at: At, place: Item, kept: Kept): object {
  if (typeof kept === 'object' && 'link' in kept) {
    return { ...item(at, place, 'symlink', kept.link.length), target: kept.link };
  }
  if (typeof kept === 'object' && 'module' in kept) {
    return { ...item(at, place, 'submodule', 0), submodule_git_url: kept.module };
  }
  const bytes = Buffer.from(kept);
  const file = item(at, place, 'file', bytes.length);
  if (bytes.length > LARGEST) return { ...file, encoding: 'none', content: '' };
  const content = bytes.toString('base64').replace(/.{60}|.+$/g, '$&\n');
  return { ...file, encoding: 'base64', content };
}

export const folderBody = (at: At, place: Item, paths: readonly string[]): object => ({
  ...item(at, place, 'dir', 0),
  entries: paths.map((path) => item(at, { ...place, path }, 'file', 1)),
});
