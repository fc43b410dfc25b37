import { mkdir, writeFile } from 'node:fs/promises';
import { must } from './must.ts';

export interface GoModule {
  readonly go: string;
  readonly requires: readonly string[];
  /** What `go install` would refuse: a module's own replacements count only where it is the main one. */
  readonly replaces?: readonly string[];
  /** The package of each program, by the name that the program gets. */
  readonly commands: Readonly<Record<string, string>>;
  /** More for the linker. */
  readonly linked?: string;
}

/** All that decides what is built, for the key of the cache. */
export const partsOf = (module: GoModule): string[] => [
  goMod(module),
  ...Object.entries(module.commands).flat(),
  linkedOf(module),
];

/** Builds the commands into `bin/` from a module of our own that asks for theirs. */
export async function buildGoModule(folder: string, module: GoModule): Promise<void> {
  const source = `${folder}/source`;
  await mkdir(source);
  await writeFile(`${source}/go.mod`, goMod(module));
  await writeFile(`${source}/tools.go`, toolsGo(module));
  const env = {
    ...process.env,
    CGO_ENABLED: '0',
    GO111MODULE: 'on',
    GOFLAGS: '-mod=mod',
    GOWORK: 'off',
  };
  await must('go', ['mod', 'tidy'], source, env);
  const flags = ['-trimpath', '-buildvcs=false', '-ldflags', linkedOf(module)];
  for (const [name, command] of Object.entries(module.commands)) {
    await must('go', ['build', ...flags, '-o', `${folder}/bin/${name}`, command], source, env);
  }
}

const goMod = ({ go, requires, replaces = [] }: GoModule): string =>
  [
    'module tools.invalid/built-for-tests',
    `go ${go}`,
    ...requires.map((module) => `require ${module}`),
    ...replaces.map((module) => `replace ${module}`),
    '',
  ].join('\n\n');

/** Without an import, `go mod tidy` takes away what is only built. */
const toolsGo = ({ commands }: GoModule): string =>
  [
    '//go:build tools',
    'package tools',
    ...Object.values(commands).map((command) => `import _ "${command}"`),
    '',
  ].join('\n\n');

const linkedOf = ({ linked = '' }: GoModule): string => `-s -w ${linked}`.trim();
