import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { KubernetesAccess } from '../../services/kubernetes-api.ts';

/** An API server of which nothing comes through of what it has to say by itself. */
export interface QuietServer {
  readonly url: string;
  /** From now on watches stay open, old ones and new ones, and say nothing. */
  silence(): void;
  /** How many watches were opened. */
  readonly watches: () => number;
  stop(): Promise<void>;
}

export async function startQuietServer({ url, ca }: KubernetesAccess): Promise<QuietServer> {
  const agent = new Agent({ keepAlive: true, ca });
  let isSilent = false;
  let watches = 0;

  function pass(asked: IncomingMessage, reply: ServerResponse): void {
    const { method, headers, url: path = '' } = asked;
    const isWatch = path.includes('watch=true');
    if (isWatch) watches += 1;
    const { host: _, ...others } = headers;
    const further = request(`${url}${path}`, { method, agent, headers: others }, (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers);
      reply.flushHeaders();
      answer.on('data', (piece) => (isWatch && isSilent ? undefined : reply.write(piece)));
      answer.on('end', () => (isWatch && isSilent ? undefined : reply.end()));
      answer.on('error', () => reply.destroy());
    });
    further.on('error', () => reply.destroy());
    reply.on('close', () => further.destroy());
    asked.pipe(further);
  }

  const server = createServer(pass).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    silence() {
      isSilent = true;
    },
    watches: () => watches,
    async stop() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
