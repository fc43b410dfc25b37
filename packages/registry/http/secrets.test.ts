import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { type Connection, connectionsOf } from '../connection/connection.ts';
import {
  CREATE,
  failing,
  json,
  type Respond,
  serve,
  text,
  transportTo,
} from './serving.fixture.ts';

const secret = fc.string({ minLength: 8, maxLength: 30, unit: 'grapheme-ascii' });
const token = secret.map((it) => Buffer.from(it).toString('hex').slice(0, 24));

/** All that anybody may come to print of it. */
function printed(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, stack, cause } = error;
  const rest = JSON.stringify(error, Object.getOwnPropertyNames(error));
  return [message, stack, rest, cause === undefined ? '' : printed(cause)].join('\n');
}

const spellings = (it: string): string[] => [
  it,
  encodeURIComponent(it),
  Buffer.from(it).toString('hex'),
  Buffer.from(it).toString('base64').replace(/=+$/, ''),
  Buffer.from(it).toString('base64url'),
];

const connected = (url: string, variables: Record<string, string>): Connection =>
  connectionsOf({ variables: { ...variables, MLFLOW_TRACKING_URI: url } }).registry;

/** Sends back all that it got, also in other spellings. */
const echo =
  (respond: (response: Parameters<Respond>[0], heard: string) => void): Respond =>
  (response, { headers }) => {
    const login = headers.authorization ?? '';
    const encoded = login.split(' ')[1] ?? '';
    const pair = Buffer.from(encoded, 'base64').toString();
    const parts = [login, ...[encoded, pair, pair.slice(pair.indexOf(':') + 1)].flatMap(spellings)];
    respond(response, parts.join(' '));
  };

const ECHOES: [string, Respond][] = [
  [
    'JSON',
    echo((response, message) => json(response, 400, { error_code: 'BAD_REQUEST', message })),
  ],
  ['a text', echo((response, heard) => text(response, 401, heard))],
  [
    'a code',
    echo((response, heard) =>
      json(response, 500, { error_code: heard.slice(0, 59), message: heard }),
    ),
  ],
  ['a page', echo((response, heard) => text(response, 503, `<p>${heard}</p>`))],
  [
    'a place',
    echo((response, heard) =>
      response.writeHead(307, { location: `/${encodeURIComponent(heard)}` }).end(),
    ),
  ],
  [
    'no HTTP',
    echo((response, heard) =>
      response.socket?.end(`HTTP/1.1 ${heard.replaceAll(/\s/g, ' ')}\r\n\r\n`),
    ),
  ],
  [
    'a header',
    echo((response, heard) =>
      response.socket?.end(
        `HTTP/1.1 200 OK\r\n${Buffer.from(heard).toString('hex')}\u0001: x\r\n\r\n`,
      ),
    ),
  ],
];

test.each(ECHOES)('a login that comes back as %s is not repeated', async (_, respond) => {
  const { url } = await serve(respond);
  await fc.assert(
    fc.asyncProperty(secret, token, fc.boolean(), async (password, bearer, byPassword) => {
      const sent = byPassword ? password : bearer;
      const connection = connected(
        url,
        byPassword
          ? { MLFLOW_TRACKING_USERNAME: 'somebody', MLFLOW_TRACKING_PASSWORD: password }
          : { MLFLOW_TRACKING_TOKEN: bearer },
      );
      const said = printed(await failing(transportTo(connection).send(CREATE)));
      const hidden = [...spellings(sent), ...(byPassword ? spellings(`somebody:${password}`) : [])];
      for (const one of hidden) expect(said).not.toContain(one);
      expect(connection.secrets).toContain(sent);
    }),
    rounds(100),
  );
});

test('what goes over the wire is the login itself', async () => {
  const { url, seen } = await serve((response) => json(response, 200, {}));
  const variables = { MLFLOW_TRACKING_USERNAME: 'ä', MLFLOW_TRACKING_PASSWORD: 'p:w ö' };
  await transportTo(connected(url, variables)).send(CREATE);
  const encoded = Buffer.from('ä:p:w ö').toString('base64');
  expect(seen[0]?.headers.authorization).toBe(`Basic ${encoded}`);
});
