/** A part of the house, and what it may import. */
export interface Part {
  readonly name: string;
  /** What the path of its files begins with. */
  readonly at: string;
  /** Parts, by name. */
  readonly parts: readonly string[];
  /** Modules of Node that touch no world, where those alone are allowed. */
  readonly node?: readonly string[];
}

const adapters = ['evidence', 'registry', 'cluster', 'forge'];

/** Imports point one way: what the product does comes before how it is done. */
export const PARTS: readonly Part[] = [
  { name: 'core', at: 'packages/core/', parts: [], node: ['node:buffer', 'node:crypto'] },
  { name: 'report', at: 'packages/report/', parts: ['core'], node: [] },
  ...adapters.map((name) => ({ name, at: `packages/${name}/`, parts: ['core'] })),
  { name: 'spec half of action-kit', at: 'packages/action-kit/spec/', parts: ['core'], node: [] },
  { name: 'run part of action-kit', at: 'packages/action-kit/run/', parts: ['report', 'core'] },
  {
    name: 'runner half of action-kit',
    at: 'packages/action-kit/runner/',
    parts: ['spec half of action-kit', 'run part of action-kit', 'report', 'core'],
  },
  {
    name: 'verbs',
    at: 'packages/verbs/',
    parts: ['spec half of action-kit', 'report', 'core'],
    node: ['node:crypto', 'node:path'],
  },
  {
    name: 'wiring',
    at: 'packages/wiring/',
    parts: ['spec half of action-kit', 'verbs', ...adapters, 'core'],
  },
  {
    name: 'actions',
    at: 'actions/',
    parts: ['runner half of action-kit', 'spec half of action-kit', 'verbs', 'wiring', 'core'],
  },
  {
    name: 'cli',
    at: 'packages/cli/',
    parts: [
      'run part of action-kit',
      'spec half of action-kit',
      'verbs',
      'wiring',
      ...adapters,
      'report',
      'core',
    ],
  },
];

/** Where each dependency of the product may be imported; one that is not here, nowhere. */
export const DEPENDENCIES: ReadonlyMap<string, readonly string[]> = new Map([
  ['@actions/core', ['packages/action-kit/runner/']],
  ['@kubernetes/client-node', ['packages/cluster/']],
  ['@marcbachmann/cel-js', ['packages/core/gates/']],
  ['@octokit/core', ['packages/forge/']],
  ['undici', ['packages/registry/', 'packages/cluster/']],
  ['yaml', ['packages/core/yaml/']],
]);

/** Lines of a file; a longer one does more than one thing. */
export const LONGEST = 300;

/** A test, or what only tests use. */
export const isTest = (file: string): boolean =>
  file.startsWith('test/') || /\.(test|fixture)\.ts$/.test(file);

/** The workspace that a file is in; scripts, tests and settings are in none. */
export const workspaceOf = (file: string): string =>
  /^(?:packages|actions)\/[^/]+\//.exec(file)?.[0] ?? '';

export const partOf = (file: string): Part | undefined =>
  PARTS.find(({ at }) => file.startsWith(at));
