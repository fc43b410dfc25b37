import type { Verb, VerbSpec } from '@passmuster/action-kit/spec/verb.ts';

/** A verb, or a command that is none, loaded when it is asked for. */
export interface Command {
  readonly about: string;
  load(): Promise<Loaded>;
}

export interface Loaded {
  readonly spec: VerbSpec;
  // biome-ignore lint/suspicious/noExplicitAny: each verb has ports of its own, which stand beside it
  readonly verb: Verb<any, any>;
  readonly ports: object;
}

export const COMMANDS = {
  verify: {
    about: 'the files on disk are the files that were registered',
    async load() {
      const [{ spec }, { verify }, { diskFiles }] = await Promise.all([
        import('@passmuster/verbs/verify/spec.ts'),
        import('@passmuster/verbs/verify/run.ts'),
        import('@passmuster/evidence/files/index.ts'),
      ]);
      return { spec, verb: verify, ports: { files: diskFiles() } };
    },
  },
  check: {
    about: 'passmuster.yaml is well formed and means what it says',
    async load() {
      const [{ spec, check }, { diskFiles }] = await Promise.all([
        import('./commands/check.ts'),
        import('@passmuster/evidence/files/index.ts'),
      ]);
      return { spec, verb: check, ports: { files: diskFiles() } };
    },
  },
} satisfies Record<string, Command>;
