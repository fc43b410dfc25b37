import { randomBytes } from 'node:crypto';
import { startDouble } from '@passmuster/cluster/double/double.ts';
import type { KubernetesApi } from '../../services/kubernetes-api.ts';
import { clusterContract } from './cluster-contract.ts';
import { openedBy, type World } from './world.ts';

const LIMITED = 'token-of-the-limited';

const plainApi =
  (url: string, token: string): KubernetesApi =>
  // What comes is what the caller says that it expects, as with the real one.
  async (method, path, body, contentType = 'application/json') => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
    const answer = await fetch(`${url}${path}`, { method, headers, ...content });
    const isJson = answer.headers.get('content-type')?.startsWith('application/json');
    const said = await answer.text();
    return { status: answer.status, body: isJson ? JSON.parse(said) : said };
  };

async function openDouble(): Promise<World> {
  const users = { [LIMITED]: { name: 'limited' } };
  const double = await startDouble({ users });
  const { url, admin } = double;
  const [cluster, limited, stranger] = await Promise.all(
    [admin, LIMITED, 'nobody-knows-me'].map((token) => openedBy({ server: url, token })),
  );
  if (!cluster || !limited || !stranger) throw new Error('They could not be opened.');
  return {
    ...{ cluster, limited, stranger, limitedName: 'limited' },
    api: plainApi(url, admin),
    async namespace() {
      const name = `test-${randomBytes(4).toString('hex')}`;
      double.namespace(name);
      return name;
    },
    async allow(namespace, rules) {
      double.allow(LIMITED, namespace, rules);
    },
    async close() {
      await Promise.all([cluster, limited, stranger].map((one) => one.close()));
      await double[Symbol.asyncDispose]();
    },
  };
}

clusterContract(openDouble);
