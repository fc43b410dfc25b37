import { homedir } from 'node:os';
import type {
  InputsOf,
  Open,
  Surroundings,
  Verb,
  VerbSpec,
} from '@passmuster/action-kit/spec/verb.ts';
import type { Outcome } from '@passmuster/core/outcome.ts';

/** A verb, or a command that is none, with its ports: what is left is to give it its inputs. */
export interface Command {
  readonly spec: VerbSpec;
  run(inputs: InputsOf<VerbSpec>, around: Surroundings): Promise<Outcome<object>>;
}

const command = <S extends VerbSpec, Ports>(
  spec: S,
  verb: Verb<S, Ports>,
  open: Open<S, Ports>,
): Command => ({
  spec,
  // The inputs were read with this very spec.
  run: (inputs: InputsOf<S>, around) => verb(inputs, { ...open(inputs, around), ...around }),
});

/** Each is loaded when it is asked for. */
export const COMMANDS = {
  async verify() {
    const [{ spec }, { verify }, { diskFiles }, { registryOpener }] = await Promise.all([
      import('@passmuster/verbs/verify/spec.ts'),
      import('@passmuster/verbs/verify/run.ts'),
      import('@passmuster/evidence/files/index.ts'),
      import('@passmuster/registry/open.ts'),
    ]);
    return command(spec, verify, ({ registry: address }, around) => ({
      files: diskFiles(),
      openRegistry: registryOpener({ ...around, variables: process.env, home: homedir(), address }),
    }));
  },
  async register() {
    const [{ spec }, { register }, { leaseFrom }, ...adapters] = await Promise.all([
      import('@passmuster/verbs/register/spec.ts'),
      import('@passmuster/verbs/register/run.ts'),
      import('@passmuster/action-kit/spec/lease.ts'),
      import('@passmuster/evidence/files/index.ts'),
      import('@passmuster/evidence/git/index.ts'),
      import('@passmuster/forge/open.ts'),
      import('@passmuster/registry/open.ts'),
    ]);
    const [{ diskFiles }, { gitProgram }, { openForge }, { registryOpener }] = adapters;
    return command(spec, register, (inputs, around) => {
      const variables = process.env;
      const world = { ...around, variables, home: homedir() };
      return {
        files: diskFiles(),
        git: gitProgram(),
        forge: openForge({ ...world, token: inputs['github-token'] }),
        openRegistry: registryOpener({ ...world, address: inputs.registry, patience: inputs.wait }),
        lease: leaseFrom(variables),
      };
    });
  },
  async check() {
    const [{ spec, check }, { diskFiles }] = await Promise.all([
      import('./commands/check.ts'),
      import('@passmuster/evidence/files/index.ts'),
    ]);
    return command(spec, check, () => ({ files: diskFiles() }));
  },
  async registry() {
    const [{ spec, registry }, { startEmbedded }] = await Promise.all([
      import('./commands/registry.ts'),
      import('@passmuster/registry/embedded/server.ts'),
    ]);
    const say = (line: string) => void process.stdout.write(`${line}\n`);
    return command(spec, registry, () => ({ start: startEmbedded, say }));
  },
} satisfies Record<string, () => Promise<Command>>;
