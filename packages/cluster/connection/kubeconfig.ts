import { isAbsolute, resolve } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { found, quotable } from '@passmuster/core/quote.ts';
import { nearest } from '@passmuster/core/suggest.ts';
import type { Opening } from '../opening.ts';
import type { Access } from './access.ts';
import { execPlugin } from './exec-plugin.ts';
import { certificatesOf } from './files.ts';
import { type Document, type Fields, isFields, textIn } from './kubeconfig-files.ts';
import { kubeconfigUser } from './kubeconfig-user.ts';
import { serverAddress } from './server.ts';
import { tokenFile } from './token-file.ts';

type Kind = 'contexts' | 'clusters' | 'users';

interface Entry {
  readonly fields: Fields;
  readonly document: Document;
}

const refuse = (message: string, hint?: string): never => {
  throw new InputError([{ message, ...(hint !== undefined && { hint }) }]);
};

const sourceOf = (documents: readonly Document[]): string =>
  documents.map(({ from }) => from).join(' and ');

function entryOf(documents: readonly Document[], kind: Kind, name: string): Entry | undefined {
  for (const document of documents) {
    const fields = document[kind].get(name);
    if (fields) return { fields, document };
  }
  return undefined;
}

function contextOf(documents: readonly Document[], wanted: string) {
  const from = sourceOf(documents);
  const current = documents.find(({ currentContext }) => currentContext !== '')?.currentContext;
  const names = [...new Set(documents.flatMap(({ contexts }) => [...contexts.keys()]))];
  const there = names.map((name) => found(name)).join(', ') || 'none';
  const name = wanted || current;
  if (!name) {
    const message = `No context is chosen: there is no current-context in ${from}.`;
    return refuse(message, `Give the input \`context\`; there are ${there}.`);
  }
  const entry = entryOf(documents, 'contexts', name);
  if (entry) return { name, ...entry };
  const who = wanted ? 'The input `context`' : 'The current-context';
  const like = nearest(name, names);
  return refuse(
    `${who} is ${found(name)}, which is not in ${from}; there are ${there}.`,
    like && `Did you mean ${found(like)}?`,
  );
}

/** What a context names; a file of several may name what stands in another. */
function namedBy(documents: readonly Document[], context: string, kind: Kind, name: string): Entry {
  const what = kind === 'clusters' ? 'cluster' : 'user';
  const entry = entryOf(documents, kind, name);
  const of = `The context ${found(context)} in ${sourceOf(documents)}`;
  if (entry) return entry;
  return name === ''
    ? refuse(`${of} names no ${what}.`)
    : refuse(`${of} names the ${what} ${found(name)}, which is not there.`);
}

const pathIn = ({ fields, document }: Entry, name: string): string | undefined => {
  const path = textIn(fields, name);
  if (path === '') return undefined;
  return isAbsolute(path) ? path : resolve(document.folder, path);
};

async function serverOf(cluster: Entry, name: string) {
  const { fields, document } = cluster;
  const of = `The cluster ${found(name)} in ${document.from}`;
  if (textIn(fields, 'server') === '') refuse(`${of} has no server.`);
  if (fields['insecure-skip-tls-verify'] === true) {
    refuse(
      `${of} has insecure-skip-tls-verify, which lets anybody pose as it.`,
      'Give certificate-authority-data in its place, then take it away.',
    );
  }
  const data = textIn(fields, 'certificate-authority-data');
  const path = pathIn(cluster, 'certificate-authority');
  const [serverName, proxyUrl] = [textIn(fields, 'tls-server-name'), textIn(fields, 'proxy-url')];
  return {
    address: serverAddress(textIn(fields, 'server'), `The server of the cluster ${found(name)}`),
    ...(await certificatesOf(
      data,
      path,
      `The certificate-authority of the cluster ${found(name)}`,
    )),
    ...(serverName !== '' && { serverName }),
    ...(proxyUrl !== '' && { proxyUrl }),
  };
}

const BUILT_IN_EXEC = 'client.authentication.k8s.io/exec';

/** What a cluster says to the plugins of its users. */
function configIn({ fields }: Entry): unknown {
  const all = fields['extensions'];
  const own = (Array.isArray(all) ? all : []).find(
    (one) => isFields(one) && one['name'] === BUILT_IN_EXEC,
  );
  return own?.extension;
}

/** By the context that is wanted, or the one that is current. */
export async function kubeconfigAccess(
  documents: readonly Document[],
  { inputs, variables, clock }: Opening,
): Promise<Access> {
  const context = contextOf(documents, inputs.context ?? '');
  const clusterName = textIn(context.fields, 'cluster');
  const cluster = namedBy(documents, context.name, 'clusters', clusterName);
  const server = await serverOf(cluster, clusterName);
  const userName = textIn(context.fields, 'user');
  const user = namedBy(documents, context.name, 'users', userName);
  const login = `the user ${found(userName)} of the context ${found(context.name)} in ${quotable(user.document.from, 200)}`;
  const { exec } = user.fields;
  if (isFields(exec)) {
    const data = textIn(cluster.fields, 'certificate-authority-data');
    const about = { ...server, caData: data || undefined, config: configIn(cluster) };
    const plugin = execPlugin({ exec, about, variables, clock, folder: user.document.folder });
    return { ...server, login: `what the plugin of ${login} gave`, ...plugin };
  }
  const file = pathIn(user, 'tokenFile');
  if (file !== undefined) return { ...server, login, ...tokenFile(file, clock) };
  return {
    ...server,
    login,
    ...(await kubeconfigUser(user.fields, userName, user.document.folder)),
  };
}
