import type { FileInState, GithubState, RepositoryInState } from './github-state.ts';

export const [HEAD, MERGE, MIDDLE] = ['d', 'e', 'f'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
];
export const OTHER = '9'.repeat(40);
export const DIGEST = `sha256:${'0a'.repeat(32)}`;

const many = (count: number, file: Partial<FileInState> = {}): FileInState[] =>
  Array.from({ length: count }, (_, index) => ({ path: `many/${index}`, ...file }));

/** A repository with pull requests. */
export const REVIEWED: RepositoryInState = {
  defaultBranch: 'main',
  refs: { 'refs/heads/main': MERGE },
  commits: {
    [HEAD]: {
      'models.yaml': `gpt: ${DIGEST}\n`,
      'longer.yaml': `gpt: ${DIGEST}0a\n`,
      'odd name #1?.yaml': `gpt: "${DIGEST}"`,
      'note.txt': 'nothing',
      'weights.bin': new Uint8Array([0xff, 0xfe, 0xfd]),
      'large.json': `"${DIGEST}"`.padEnd(2 ** 20 + 1),
      sub: { module: 'https://github.com/octo-org/sub' },
      'many/299': DIGEST,
      'many/300': 'the:last:one',
    },
    [MERGE]: {},
  },
  changes: {
    'passmuster.yaml': { commit: MERGE, at: '2026-02-01T10:00:00Z' },
    'pushed.yaml': { commit: MIDDLE, at: '2026-02-02T10:00:00+02:00' },
  },
  runs: [
    {
      ...{ id: '5', attempt: '1', status: 'completed', created: '2026-02-20T08:00:00Z' },
      answers: [
        { by: 'bob', state: 'approved', environments: ['Production', 'staging'] },
        { by: 'carol', state: 'rejected', environments: ['Production'] },
        { by: 'gate[bot]', type: 'Bot', state: 'approved', environments: [] },
        { by: 'dan', state: 'pending', environments: ['staging'] },
      ],
    },
    { id: '6', attempt: '1', status: 'in_progress' },
  ],
  access: {
    ann: 'admin',
    bob: 'write',
    carol: 'maintain',
    dan: 'triage',
    eve: 'read',
    fay: 'none',
  },
  pullRequests: [
    {
      ...{ number: 1, author: 'ann', head: HEAD, state: 'closed' },
      merged: { at: '2026-02-01T12:00:00Z', commit: MERGE },
      commits: [OTHER],
      files: [
        { path: 'gone.yaml', status: 'removed' },
        { path: 'longer.yaml', patch: `+gpt: ${DIGEST}0a` },
        { path: 'note.txt' },
        { path: 'models.yaml', patch: `+gpt: ${DIGEST}` },
      ],
      reviews: [
        { by: 'bob', state: 'CHANGES_REQUESTED', commit: OTHER, at: '2026-01-30T08:00:00Z' },
        { by: 'bob', state: 'APPROVED', commit: HEAD, at: '2026-01-31T08:00:00Z' },
        { by: 'carol', state: 'COMMENTED', commit: HEAD },
        { by: 'dan', state: 'PENDING', commit: HEAD },
        { by: 'eve', state: 'DISMISSED', commit: null },
        { by: null, state: 'APPROVED', commit: HEAD },
        { by: 'merge[bot]', type: 'Bot', state: 'APPROVED', commit: HEAD },
      ],
    },
    { number: 2, author: null, head: OTHER, state: 'open', files: many(300) },
    { number: 3, author: 'dan', head: OTHER, state: 'closed', files: many(301) },
    {
      ...{ number: 4, author: 'eve', head: HEAD, state: 'closed' },
      merged: { at: '2026-01-01T00:00:00Z', commit: null },
      files: ['sub', 'large.json', 'weights.bin', 'longer.yaml'].map((path) => ({ path })),
      reviews: Array.from({ length: 250 }, (_, index) => ({
        ...{ by: `user-${index}`, state: 'APPROVED' as const, commit: HEAD },
      })),
    },
    { number: 5, author: 'eve', head: HEAD, state: 'open', files: [{ path: 'odd name #1?.yaml' }] },
    {
      ...{ number: 6, author: 'eve', head: MIDDLE, state: 'open' },
      reviews: Array.from({ length: 1_001 }, () => ({
        ...{ by: 'eve', state: 'COMMENTED' as const, commit: MIDDLE },
      })),
    },
  ],
};

export const TEAMS: NonNullable<GithubState['teams']> = {
  'octo-org/owners': { members: { ann: 'active', bob: 'pending' } },
  'octo-org/secret': { hidden: true, members: { ann: 'active' } },
};
