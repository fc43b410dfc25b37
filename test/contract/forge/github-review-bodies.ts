import { type At, DATE, repository, urls, user } from './github-bodies.ts';
import type { FileInState, PullRequestInState, ReviewInState } from './github-state.ts';

const COUNTS =
  'forks forks_count open_issues open_issues_count size stargazers_count watchers watchers_count';

/** A repository with what only some answers tell of it. */
const wholeRepository = (at: At, name: string): object => ({
  ...repository(at, name),
  ...urls(`${at.server}/${name}`, 'clone git ssh svn'),
  ...Object.fromEntries(COUNTS.split(' ').map((key) => [key, 0])),
  ...{ has_downloads: true, has_issues: true, has_pages: false, has_projects: true },
  ...{ has_wiki: true, archived: false, disabled: false, default_branch: 'main' },
  ...{ homepage: null, language: null, license: null, mirror_url: null },
  ...{ pushed_at: DATE, created_at: DATE, updated_at: DATE },
});

const PULL_REQUEST =
  'comments commits diff html issue patch review_comment review_comments statuses';
const LINKS = 'comments commits html issue review_comment review_comments self statuses'.split(' ');

export function pullRequestBody(at: At, name: string, pull: PullRequestInState): object {
  const url = `${at.api}/repos/${name}/pulls/${pull.number}`;
  const author = pull.author === null ? null : user(at, pull.author);
  const repo = wholeRepository(at, name);
  const [owner] = name.split('/');
  const side = (ref: string, sha: string) => ({
    ...{ label: `${owner}:${ref}`, ref, sha, repo, user: user(at, owner ?? '') },
  });
  return {
    ...urls(url, PULL_REQUEST),
    ...{ url, id: pull.number, node_id: 'PR_7', number: pull.number, state: pull.state },
    ...{ title: 'x', body: null, locked: false, user: author, assignee: null, labels: [] },
    ...{ milestone: null, author_association: 'CONTRIBUTOR', auto_merge: null },
    ...{ created_at: DATE, updated_at: DATE, closed_at: pull.state === 'closed' ? DATE : null },
    ...{ merged_at: pull.merged?.at ?? null, merge_commit_sha: pull.merged?.commit ?? null },
    head: side('patch', pull.head),
    base: side('main', '0'.repeat(40)),
    _links: Object.fromEntries(LINKS.map((link) => [link, { href: `${url}/${link}` }])),
  };
}

/** As it is when it is asked for alone. */
export const wholePullRequestBody = (at: At, name: string, pull: PullRequestInState): object => ({
  ...pullRequestBody(at, name, pull),
  ...{ additions: 1, deletions: 1, changed_files: pull.files?.length ?? 0, commits: 1 },
  ...{ comments: 0, review_comments: 0, maintainer_can_modify: false, mergeable: null },
  ...{ mergeable_state: 'unknown', merged: pull.merged !== undefined, merged_by: null },
});

export function reviewBody(at: At, name: string, number: number, review: ReviewInState): object {
  const html = `${at.server}/${name}/pull/${number}`;
  const pull = `${at.api}/repos/${name}/pulls/${number}`;
  return {
    ...{ id: 8, node_id: 'PRR_8', body: 'x', state: review.state, commit_id: review.commit },
    user: review.by === null ? null : user(at, review.by, review.type),
    ...{ html_url: html, pull_request_url: pull, author_association: 'COLLABORATOR' },
    _links: { html: { href: html }, pull_request: { href: pull } },
    ...(review.state !== 'PENDING' && { submitted_at: review.at ?? DATE }),
  };
}

export const fileBody = (at: At, name: string, file: FileInState): object => ({
  ...urls(`${at.server}/${name}/${encodeURIComponent(file.path)}`, 'blob contents raw'),
  ...{ sha: '1'.repeat(40), filename: file.path, status: file.status ?? 'modified' },
  ...{ additions: 1, deletions: 0, changes: 1 },
  ...(file.patch !== undefined && { patch: file.patch }),
});
