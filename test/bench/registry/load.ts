import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Ask {
  readonly method: 'GET' | 'POST';
  /** Below `/api/2.0/mlflow`, with its query. */
  readonly path: string;
  readonly json?: object;
}

/** Sends it and reads all of the answer, which has to be a success: a failure may be a fast one. */
async function send(url: string, agent: Agent, { method, path, json }: Ask): Promise<void> {
  const body = json === undefined ? '' : JSON.stringify(json);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const asking = request(`${url}/api/2.0/mlflow${path}`, { method, agent, headers });
  asking.end(body);
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  const said = await buffer(answer);
  if (answer.statusCode !== 200) {
    throw new Error(`${method} ${path} was answered with ${answer.statusCode}: ${said}`);
  }
}

export interface Load {
  readonly url: string;
  /** The nth request. */
  ask(nth: number): Ask;
  /** That are kept open, each with one request under way. */
  readonly connections: number;
  readonly seconds: number;
}

/** How many requests were answered in a second. */
export async function requestsPerSecond(load: Load): Promise<number> {
  const { url, ask, connections, seconds } = load;
  const began = performance.now();
  const until = began + seconds * 1000;
  let asked = 0;
  async function goOn(): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      while (performance.now() < until) await send(url, agent, ask(asked++));
    } finally {
      agent.destroy();
    }
  }
  await Promise.all(Array.from({ length: connections }, goOn));
  return asked / ((performance.now() - began) / 1000);
}
