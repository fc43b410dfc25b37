import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';

/** Who asks, and whom. */
export interface KubernetesAccess {
  readonly url: string;
  /** PEM of the authority that signed the server's certificate. */
  readonly ca: string;
  readonly token?: string;
  /** PEM, to show who one is without a token. */
  readonly cert?: string;
  readonly key?: string;
}

export interface KubernetesAnswer<T> {
  readonly status: number;
  /** Parsed if it was JSON, else as it came. */
  readonly body: T;
}

/** What tests look at in an answer of which they say nothing more. */
export interface KubernetesObject {
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly [field: string]: unknown;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  readonly items?: readonly KubernetesObject[];
  /** Of a refusal. */
  readonly message?: string;
  readonly reason?: string;
}

export type KubernetesApi = <T = KubernetesObject>(
  method: string,
  path: string,
  body?: unknown,
  contentType?: string,
) => Promise<KubernetesAnswer<T>>;

export const MERGE_PATCH = 'application/merge-patch+json';
export const STRATEGIC_MERGE_PATCH = 'application/strategic-merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';

/** Plain requests, so that a test never asks by the client that it judges. Connections are kept. */
export function kubernetesApi(access: KubernetesAccess, signal?: AbortSignal): KubernetesApi {
  const ask = requests(access, signal);
  return async (method, path, body, contentType) => {
    const answer = await ask(method, path, body, contentType);
    const said = await text(answer);
    const isJson = answer.headers['content-type']?.startsWith('application/json') === true;
    return { status: answer.statusCode ?? 0, body: isJson ? JSON.parse(said) : said };
  };
}

/** The events of a watch, one by one, until the server ends it. */
export async function* kubernetesWatch<T>(
  access: KubernetesAccess,
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly type: string; readonly object: T }> {
  const answer = await requests(access, signal)('GET', path);
  answer.setEncoding('utf8');
  if (answer.statusCode !== 200) throw new Error(`${path}: ${await text(answer)}`);
  let rest = '';
  for await (const chunk of answer) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line);
  }
}

function requests({ url, ca, token, cert, key }: KubernetesAccess, signal?: AbortSignal) {
  const agent = new Agent({ keepAlive: true, ca, cert, key });
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return (
    method: string,
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ): Promise<IncomingMessage> => {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const headers = { ...authorization, ...(content && { 'content-type': contentType }) };
    return new Promise((resolve, reject) => {
      const options = { method, agent, headers, ...(signal && { signal }) };
      request(`${url}${path}`, options, resolve).on('error', reject).end(content);
    });
  };
}
