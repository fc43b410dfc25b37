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
    const [{ spec }, { verify }, { openVerify }] = await Promise.all([
      import('@passmuster/verbs/verify/spec.ts'),
      import('@passmuster/verbs/verify/run.ts'),
      import('@passmuster/wiring/verify.ts'),
    ]);
    return command(spec, verify, openVerify);
  },
  async register() {
    const [{ spec }, { register }, { openRegister }] = await Promise.all([
      import('@passmuster/verbs/register/spec.ts'),
      import('@passmuster/verbs/register/run.ts'),
      import('@passmuster/wiring/register.ts'),
    ]);
    return command(spec, register, openRegister);
  },
  async validate() {
    const [{ spec }, { validate }, { openValidate }] = await Promise.all([
      import('@passmuster/verbs/validate/spec.ts'),
      import('@passmuster/verbs/validate/run.ts'),
      import('@passmuster/wiring/validate.ts'),
    ]);
    return command(spec, validate, openValidate);
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
