import { InputError } from '@passmuster/core/errors.ts';
import type { ClusterInputs } from '../opening.ts';
import { type Access, bearer, NO_CREDENTIALS } from './access.ts';
import { checkedCertificates, textOf } from './files.ts';
import { serverAddress } from './server.ts';

const named = (names: readonly string[]): string =>
  names.map((name) => `\`${name}\``).join(' and ');

/** What cannot both be meant. */
export function refuseMixed(inputs: ClusterInputs): void {
  const given = (names: readonly (keyof ClusterInputs)[]) => names.filter((name) => inputs[name]);
  if (inputs.server) {
    const others = given(['kubeconfig', 'context']);
    if (others.length === 0) return;
    throw new InputError([
      {
        message: `The inputs \`server\` and ${named(others)} are given together, but each says which cluster is meant.`,
        hint: 'Give `server` with `ca` and `token`, or `kubeconfig` with `context`.',
      },
    ]);
  }
  const [one] = given(['token', 'ca']);
  if (one === undefined) return;
  throw new InputError([
    {
      message: `The input \`${one}\` is given without \`server\`, but belongs to it.`,
      hint: 'Give `server` as well; with a kubeconfig, tokens and certificates stand in that.',
    },
  ]);
}

async function caOf(ca: string | undefined): Promise<{ ca?: string }> {
  if (!ca) return {};
  const pem = ca.includes('-----BEGIN') ? ca : await textOf(ca, 'The input `ca`');
  return { ca: await checkedCertificates(pem, 'The input `ca`') };
}

/** By the inputs `server`, `ca` and `token`. */
export async function serverAccess(inputs: ClusterInputs, server: string): Promise<Access> {
  const token = inputs.token?.trim() ?? '';
  if (/[^\x21-\x7e]/.test(token)) {
    const message = 'The input `token` holds spaces, line breaks or signs that no token has.';
    throw new InputError([{ message }]);
  }
  const credentials = token === '' ? NO_CREDENTIALS : bearer(token);
  return {
    address: serverAddress(server, 'The input `server`'),
    ...(await caOf(inputs.ca)),
    login: token === '' ? 'nothing' : 'the input `token`',
    credentials: async () => credentials,
    renew: () => false,
  };
}
