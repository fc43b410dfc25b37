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
  let loaded: Forge | undefined;
  const load = async (): Promise<Forge> => {
    const { githubForge } = await import('./github/index.ts');
    const apiUrl = variables['GITHUB_API_URL'] || PUBLIC_API;
    loaded = githubForge({ token, apiUrl, clock, variables });
    return loaded;
  };
  const forge = (): Promise<Forge> => (loading ??= load());
  return {
    fileAt: async (...asked) => (await forge()).fileAt(...asked),
    lastChange: async (...asked) => (await forge()).lastChange(...asked),
    runState: async (...asked) => (await forge()).runState(...asked),
    environmentAnswers: async (...asked) => (await forge()).environmentAnswers(...asked),
    pullRequestsOf: async (...asked) => (await forge()).pullRequestsOf(...asked),
    pullRequest: async (...asked) => (await forge()).pullRequest(...asked),
    reviews: async (...asked) => (await forge()).reviews(...asked),
    fileNaming: async (...asked) => (await forge()).fileNaming(...asked),
    mayWrite: async (...asked) => (await forge()).mayWrite(...asked),
    membership: async (...asked) => (await forge()).membership(...asked),
    now: () => loaded?.now(),
  };
}
