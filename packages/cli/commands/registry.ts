import { integer, secret, text } from '@passmuster/action-kit/spec/kinds.ts';
import { defineVerb, type Verb } from '@passmuster/action-kit/spec/verb.ts';
import type { Embedded, Options } from '@passmuster/registry/embedded/server.ts';

export const spec = defineVerb({
  name: 'registry',
  about: 'Serve a model registry from one file, as MLflow would, until told to stop.',
  permissions: [],
  inputs: {
    file: text({
      about: 'The file that keeps everything; created where there is none.',
      default: 'registry.db',
    }),
    host: text({
      about: 'The address to listen on; any other than this machine’s own needs a token.',
      default: '127.0.0.1',
    }),
    port: integer({
      about: 'The port to listen on; 0 takes one that is free.',
      default: '0',
      min: 0,
      max: 65_535,
    }),
    token: secret({
      about: 'What clients must bring, as Bearer token or as password.',
      variable: 'PASSMUSTER_REGISTRY_TOKEN',
    }),
  },
  outputs: {},
  examples: [
    { title: 'Try MLflow’s clients without a server', inputs: { file: 'registry.db' } },
    { title: 'Always at the same address', inputs: { file: 'registry.db', port: '5000' } },
  ],
});

interface Ports {
  start(options: Options): Promise<Embedded>;
  /** Prints at once: others wait for it, and the command goes on for hours. */
  say(line: string): void;
}

const told = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** A signal is how it is told to stop, so that it came is no failure: the exit code is 0. */
export const registry: Verb<typeof spec, Ports> = async (
  { file, host, port, token },
  { start, say, voice, signal },
) => {
  const failed = (error: unknown) =>
    voice.warn(`A request failed inside the registry: ${String(error)}`);
  const given = token === undefined ? {} : { token };
  const { url, close } = await start({ file, host, port, failed, ...given });
  try {
    say(`passmuster registry listening on ${url}`);
    await told(signal);
  } finally {
    await close();
  }
  return { result: 'done', outputs: {}, page: [], report: { file, url }, annotations: [] };
};
