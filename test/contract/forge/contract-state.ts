import type { GithubState } from './github-state.ts';
import { REVIEWED, TEAMS } from './reviewed-state.ts';

export const [OLD, NOW, EVIL] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
];
export const POLICY = 'models: {}\n# gepflückt\n';

export const STATE: GithubState = {
  token: 'ghs_SECRET',
  permissions: ['contents', 'actions', 'pull-requests', 'members'],
  now: 'Sun, 01 Mar 2026 12:00:40 GMT',
  repositories: {
    'octo-org/model': {
      defaultBranch: 'main',
      refs: {
        'refs/heads/main': NOW,
        'refs/heads/feature/x': OLD,
        'refs/heads/feature/ü x': OLD,
        'refs/heads/a#1%2F+&=?b/c': OLD,
        'refs/heads/refs/tags/v1': NOW,
        'refs/tags/v1': OLD,
        'refs/tags/main': EVIL,
        'refs/heads/lagging': 'e'.repeat(40),
      },
      commits: {
        [OLD]: { 'passmuster.yaml': 'old', 'ml/deep/passmuster.yaml': 'deep' },
        [NOW]: {
          'passmuster.yaml': POLICY,
          'empty.yaml': '',
          'link.yaml': { link: 'passmuster.yaml' },
          'astray.yaml': { link: '../secrets' },
          'folder/file.yaml': 'x',
          sub: { module: 'https://github.com/octo-org/sub' },
          'latin.yaml': new Uint8Array([0xfc]),
          'most.yaml': 'x'.repeat(2 ** 20),
          'more.yaml': 'x'.repeat(2 ** 20 + 1),
          'odd name #1?.yaml': 'odd',
        },
        [EVIL]: { 'passmuster.yaml': 'evil' },
      },
      runs: [
        { id: '17456789012', attempt: '1', status: 'completed' },
        { id: '17456789012', attempt: '2', status: 'in_progress' },
        { id: '17456789012', attempt: '3', status: 'queued' },
        { id: '17456789012', attempt: '4', status: null },
      ],
    },
    'octo-org/reviewed': REVIEWED,
    'octo-org/empty': { refs: {}, commits: {}, runs: [] },
    'octo-org/hidden': { hidden: true, refs: {}, commits: {}, runs: [] },
  },
  teams: TEAMS,
};
