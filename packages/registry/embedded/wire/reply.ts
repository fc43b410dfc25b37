import type { ServerResponse } from 'node:http';
import type { Refusal } from '../refusal.ts';

/** What is sent back. */
export interface Reply {
  readonly status: number;
  /** Absent where there is nothing to be of a type. */
  readonly type?: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

const NOT_ASCII = /[\u007f-\uffff]/g;

const ascii = (json: string): string =>
  json.replace(NOT_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

export const json = (value: object): Reply => ({
  status: 200,
  type: 'application/json',
  body: ascii(JSON.stringify(value, undefined, 2)),
});

/** On one line, unlike what succeeds: so does MLflow, and some look for it. */
export const refused = (refusal: Refusal): Reply => {
  const parts = Object.entries(refusal.body()).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return { status: refusal.status, type: 'application/json', body: ascii(`{${parts.join(', ')}}`) };
};

export const plain = (status: number, body: string): Reply => ({
  status,
  type: 'text/plain; charset=utf-8',
  body,
});

const html = (status: number, title: string, text: string): Reply => ({
  status,
  type: 'text/html; charset=utf-8',
  body: `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`,
});

/** Routes that are not there are answered as a web server does, not as the API does. */
export const NOT_FOUND = html(404, 'Not Found', 'This address is not known here.');

export const notAllowed = (methods: readonly string[]): Reply => ({
  ...html(405, 'Method Not Allowed', 'This address is not for this method.'),
  headers: { allow: methods.join(', ') },
});

export function send(response: ServerResponse, reply: Reply, bodyless: boolean): void {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  response.writeHead(reply.status, {
    ...(reply.type === undefined ? {} : { 'content-type': reply.type }),
    'content-length': body.length,
    // Who wants to know which server this is, without a second request.
    server: 'passmuster',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...reply.headers,
  });
  response.end(bodyless ? undefined : body);
}
