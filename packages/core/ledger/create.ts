import { type Context, insist, isHopeless, patience, pause, requestBound } from './context.ts';
import type { Creation } from './encode.ts';
import { allWith } from './look.ts';
import { TAG } from './tags.ts';
import { explained } from './words.ts';

/**
 * Creates an entry. Where no reply comes it is looked for by its nonce, and sent again unchanged when it
 * is not there: it may then come twice, of which the lower counts. Its number.
 */
export async function create(
  context: Context,
  creation: Creation,
  signal: AbortSignal,
): Promise<string> {
  const { registry, lease } = context;
  const { nonce, ...version } = creation;
  // Once it may be there, it is ours to find.
  const searching: Context = { ...context, stake: 'there' };
  const mayGoOn = patience(context);
  for (let tries = 0; ; tries++) {
    try {
      const call = { within: requestBound(lease), signal };
      return (await registry.createVersion(version, call)).number;
    } catch (error) {
      if (isHopeless(context, error) || !mayGoOn()) throw explained(context, error);
    }
    await pause(context, tries, signal);
    const [there] = await insist(searching, signal, (call) =>
      allWith(context, new Map([[TAG.nonce, nonce]]), call),
    );
    if (there) return there.number;
  }
}
