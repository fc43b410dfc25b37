import type { Clock } from '@passmuster/core/clock.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { Fetch } from './agent-fetch.ts';
import type { Answer } from './answer.ts';
import { isLimit, jitter, MOST_TRIES, pause } from './patience.ts';
import { badToken, failing, limitReached, unreachable } from './problems.ts';
import type { Variables } from './proxy-env.ts';
import { Unusable } from './unusable.ts';

export interface GithubOptions {
  readonly token: string;
  /** As GITHUB_API_URL has it. */
  readonly apiUrl: string;
  readonly clock: Clock;
  /** HTTPS_PROXY and NO_PROXY say whether there is a proxy on the way. */
  readonly variables: Variables;
  /** How it is asked, if not over the network. */
  readonly fetch?: Fetch;
  /** Milliseconds that each try may take. */
  readonly timeout?: number;
}

export interface Connection {
  readonly apiUrl: string;
  /** GitHub's answer, once it has one: successes, and refusals other than of the token. */
  get(route: `GET /${string}`, parameters: object, signal: AbortSignal): Promise<Answer>;
  /** The time of the server, by its newest answer; nothing before the first. */
  now(): number | undefined;
}

const TIMEOUT = 30_000;

/** How long a question is tried and waited for in all; a limit that lasts longer is told instead. */
const PATIENCE = 120_000;

/** A try that brought no answer. */
interface Failure {
  /** What the system calls the reason. */
  readonly failure: string;
  readonly lasting: boolean;
}

/** Asks GitHub, again where that may help. */
export function connect(options: GithubOptions): Connection {
  const { apiUrl, clock } = options;
  let loading: Promise<Client> | undefined;
  let newest: number | undefined;
  const remember = (tried: Answer | Failure): void => {
    const date = 'status' in tried ? Date.parse(tried.headers['date'] ?? '') : Number.NaN;
    // Answers of several servers overtake each other, and time never goes back.
    if (!Number.isNaN(date)) newest = Math.max(date, newest ?? date);
  };
  return {
    apiUrl,
    now: () => newest,
    async get(route, parameters, signal) {
      loading ??= load(options);
      const client = await loading;
      const start = clock.elapsed();
      for (let tries = 1; ; tries++) {
        const tried = await ask(client, route, parameters, signal);
        remember(tried);
        const wait = waitAfter(tried, tries, clock.now());
        if (wait === undefined) return standing(apiUrl, tried);
        const patience = start + PATIENCE - clock.elapsed();
        if (tries === MOST_TRIES || wait > patience) throw givenUp(apiUrl, tried, tries, wait);
        await clock.sleep(wait, signal);
      }
    },
  };
}

function waitAfter(tried: Answer | Failure, tries: number, now: number): number | undefined {
  if ('status' in tried) return pause(tried, tries, now, Math.random());
  return tried.lasting ? undefined : jitter(tries, Math.random());
}

function standing(apiUrl: string, tried: Answer | Failure): Answer {
  if ('failure' in tried) throw unreachable(apiUrl, tried.failure, 1);
  if (tried.status === 401) throw badToken(apiUrl);
  return tried;
}

function givenUp(apiUrl: string, tried: Answer | Failure, tries: number, wait: number): Error {
  if ('failure' in tried) return unreachable(apiUrl, tried.failure, tries);
  return isLimit(tried) ? limitReached(apiUrl, wait) : failing(apiUrl, tried, tries);
}

type Client = Awaited<ReturnType<typeof load>>;

/** Octokit and HTTP are loaded when the first question is asked. */
async function load(options: GithubOptions) {
  const { token, apiUrl, variables, timeout = TIMEOUT } = options;
  // A header with a line break in it fails with a message that repeats it.
  if (!/^[\x21-\x7e]+$/.test(token)) throw new InputError([unfitToken(token)]);
  const [{ Octokit }, { agentFetch }] = await Promise.all([
    import('@octokit/core'),
    import('./agent-fetch.ts'),
  ]);
  const quiet = () => {};
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const octokit = new Octokit({
    auth: token,
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'passmuster',
    log,
    // What is deprecated is told to the log of the request, or else to the console.
    request: { fetch: options.fetch ?? agentFetch(apiUrl, variables), log },
  });
  return { octokit, timeout };
}

const unfitToken = (token: string) => ({
  message:
    token === ''
      ? 'The GitHub token is empty.'
      : 'The GitHub token has a space or a line break in it.',
  hint: 'In a workflow leave `github-token` out to use its own token; elsewhere GITHUB_TOKEN has to hold one.',
});

async function ask(
  { octokit, timeout }: Client,
  route: string,
  parameters: object,
  signal: AbortSignal,
): Promise<Answer | Failure> {
  signal.throwIfAborted();
  const request = { signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]) };
  try {
    return answered(await octokit.request(route, { ...parameters, request }));
  } catch (error) {
    signal.throwIfAborted();
    const response = responseOf(error);
    return response ? answered(response) : failed(error);
  }
}

interface Responded {
  readonly status: number;
  readonly headers: object;
  readonly data: unknown;
}

const answered = ({ status, headers, data }: Responded): Answer => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, String(value)])),
  body: data,
});

/** Octokit throws for every answer that is no success, and keeps that answer. */
const responseOf = (error: unknown): Responded | undefined =>
  error instanceof Error && 'response' in error ? (error.response as Responded) : undefined;

/** The last error of the chain is the system's; only its code is told, for texts may hold headers. */
function failed(error: unknown): Failure {
  if (!(error instanceof Error)) throw error;
  if (error instanceof Unusable) return { failure: error.message, lasting: true };
  if (error.name === 'TimeoutError') return { failure: 'no answer in time', lasting: false };
  if (error.cause instanceof Error) return failed(error.cause);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'no reason given';
  return { failure: code, lasting: /CERT|SIGNED|VERIFY|ISSUER|ERR_TLS|ERR_SSL/.test(code) };
}
