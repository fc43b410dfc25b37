import { type Command, commandOf } from './command.ts';

/** Each is loaded when it is asked for. */
export const COMMANDS = {
  verify: async () => (await import('./verbs/verify.ts')).command,
  register: async () => (await import('./verbs/register.ts')).command,
  validate: async () => (await import('./verbs/validate.ts')).command,
  promote: async () => (await import('./verbs/promote.ts')).command,
  deploy: async () => (await import('./verbs/deploy.ts')).command,
  run: async () => (await import('./verbs/run.ts')).command,
  status: async () => (await import('./verbs/status.ts')).command,
  rollback: async () => (await import('./verbs/rollback.ts')).command,
  settle: async () => (await import('./verbs/settle.ts')).command,
  async check() {
    const [{ spec, check }, { diskFiles }] = await Promise.all([
      import('./commands/check.ts'),
      import('@passmuster/evidence/files/index.ts'),
    ]);
    return commandOf(spec, check, () => ({ files: diskFiles() }));
  },
  async rbac() {
    const [{ spec, rbac }, { diskFiles }] = await Promise.all([
      import('./commands/rbac.ts'),
      import('@passmuster/evidence/files/index.ts'),
    ]);
    return commandOf(spec, rbac, () => ({ files: diskFiles() }));
  },
  async registry() {
    const [{ spec, registry }, { startEmbedded }] = await Promise.all([
      import('./commands/registry.ts'),
      import('@passmuster/registry/embedded/server.ts'),
    ]);
    const say = (line: string) => void process.stdout.write(`${line}\n`);
    return commandOf(spec, registry, () => ({ start: startEmbedded, say }));
  },
} satisfies Record<string, () => Promise<Command>>;
