import { rm } from 'node:fs/promises';
import { etcd, kubernetes } from './kubernetes-tools.ts';
import { must } from './must.ts';

/** A real program that tests run, and how it is had without a download page or a container. */
export interface Tool {
  readonly version: string;
  /** All that is asked for by name; when it changes, the tool is installed anew. */
  readonly parts: readonly string[];
  /** Where the program is in the folder that `install` fills. */
  readonly program: string;
  /** More programs in that folder, each with what makes it say its version. */
  readonly besides?: Readonly<Record<string, readonly string[]>>;
  /** A file that is only read; it cannot be asked for its version. */
  readonly data?: true;
  install(folder: string): Promise<void>;
}

/** The exact versions that tests speak for. */
export const TOOLS = {
  act: go('github.com/nektos/act', '0.2.89'),
  actionlint: go('github.com/rhysd/actionlint/cmd/actionlint', '1.7.12'),
  dvc: python('dvc', '3.67.1'),
  etcd: etcd('3.7.3'),
  'github-description': npmFile('@octokit/openapi', '23.0.2', 'generated/api.github.com.json'),
  kubernetes: kubernetes('1.36.3'),
  // Of 2.x, SQLAlchemy 2.1 takes away what it imports, and setuptools 81 what its server does.
  'mlflow-2': python(
    'mlflow[auth]',
    '2.22.5',
    ['sqlalchemy==2.0.58', 'setuptools==80.9.0'],
    'mlflow',
  ),
  'mlflow-3': python('mlflow[auth]', '3.17.2', [], 'mlflow'),
  // It imports pyOpenSSL without asking for it.
  'model-signing': python('model-signing', '1.1.1', ['pyopenssl==26.4.0'], 'model_signing'),
  zizmor: python('zizmor', '1.32.0'),
} satisfies Record<string, Tool>;

export type ToolName = keyof typeof TOOLS;

export const isTool = (name: string): name is ToolName => Object.hasOwn(TOOLS, name);

/** A command from the Go module proxy, built here. */
function go(module: string, version: string): Tool {
  const part = `${module}@v${version}`;
  return {
    version,
    parts: [part],
    program: `bin/${module.slice(module.lastIndexOf('/') + 1)}`,
    async install(folder) {
      const env = { ...process.env, GOBIN: `${folder}/bin`, GOFLAGS: '', CGO_ENABLED: '0' };
      await must('go', ['install', part], folder, env);
    },
  };
}

/** A distribution from PyPI with what it needs besides, in an environment of its own. */
function python(name: string, version: string, besides: string[] = [], command = name): Tool {
  const parts = [`${name}==${version}`, ...besides];
  return {
    version,
    parts,
    program: `bin/${command}`,
    async install(folder) {
      await must('python3', ['-m', 'venv', folder], folder);
      const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
      await must(`${folder}/bin/python`, [...pip, ...parts], folder);
    },
  };
}

/** One file of a package on npm that is too large to be a dependency. */
function npmFile(name: string, version: string, file: string): Tool {
  const part = `${name}@${version}`;
  return {
    version,
    parts: [part, file],
    program: `package/${file}`,
    data: true,
    async install(folder) {
      await must('npm', ['pack', '--silent', '--pack-destination', folder, part], folder);
      const archive = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
      await must('tar', ['-xzf', archive, `package/${file}`], folder);
      await rm(`${folder}/${archive}`);
    },
  };
}
