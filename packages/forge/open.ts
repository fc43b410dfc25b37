import type { Clock } from '@passmuster/core/clock.ts';
import type { Forge } from '@passmuster/core/forge.ts';

export interface Opening {
  /** Without a token there is no forge. */
  readonly token: string | undefined;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

const PUBLIC_API = 'https://api.github.com';

/** GitHub, loaded when it is first asked. */
export function openForge({ token, variables, clock }: Opening): Forge | undefined {
  if (!token) return undefined;
  let loading: Promise<Forge> | undefined;
  const load = async (): Promise<Forge> => {
    const { githubForge } = await import('./github/index.ts');
    const apiUrl = variables['GITHUB_API_URL'] || PUBLIC_API;
    return githubForge({ token, apiUrl, clock, variables });
  };
  const forge = (): Promise<Forge> => (loading ??= load());
  return {
    fileAt: async (...asked) => (await forge()).fileAt(...asked),
    runState: async (...asked) => (await forge()).runState(...asked),
  };
}
