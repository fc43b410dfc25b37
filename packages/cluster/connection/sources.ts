import { delimiter, join } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import type { Opening } from '../opening.ts';
import type { Access } from './access.ts';
import { inClusterAccess, SERVICE_ACCOUNT } from './in-cluster.ts';
import { kubeconfigAccess } from './kubeconfig.ts';
import { type Document, documentOf, documentsAt } from './kubeconfig-files.ts';
import { refuseMixed, serverAccess } from './server-access.ts';

const NONE_FOUND = {
  message: 'No cluster is named: there is no ~/.kube/config, and this is no pod of a cluster.',
  hint: 'Give the input `kubeconfig`, the inputs `server`, `ca` and `token`, or set KUBECONFIG.',
};

function refuseBlindTrust({ variables }: Opening): void {
  if (variables['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return;
  throw new InputError([
    {
      message: 'NODE_TLS_REJECT_UNAUTHORIZED=0 lets anybody pose as the cluster and as GitHub.',
      hint: 'Unset it; for a certificate of your own, give the input `ca` or `certificate-authority-data`.',
    },
  ]);
}

const pathsIn = (list: string): string[] => list.split(delimiter).filter((path) => path !== '');

async function documentsOf({ inputs, variables }: Opening): Promise<readonly Document[]> {
  const given = inputs.kubeconfig ?? '';
  if (/[\r\n]/.test(given.trim())) return [await documentOf(given, 'the input `kubeconfig`', '')];
  if (given.trim() !== '') return documentsAt(pathsIn(given.trim()), 'The input `kubeconfig`');
  const variable = pathsIn(variables['KUBECONFIG'] ?? '');
  // As kubectl: of several, those that are there.
  const there = await documentsAt(variable, 'KUBECONFIG', { some: variable.length > 1 });
  if (variable.length === 0 || there.length > 0) return there;
  throw new InputError([{ message: 'KUBECONFIG names several files, and none of them is there.' }]);
}

/** How to reach the cluster that inputs, variables and files name. */
export async function accessOf(opening: Opening): Promise<Access> {
  const { inputs, variables, home, clock } = opening;
  refuseBlindTrust(opening);
  refuseMixed(inputs);
  if (inputs.server) return serverAccess(inputs, inputs.server);
  const documents = await documentsOf(opening);
  if (documents.length > 0) return kubeconfigAccess(documents, opening);
  // Inside there is nothing to choose from.
  if (!inputs.context) {
    const folder = opening.serviceAccount ?? SERVICE_ACCOUNT;
    const inside = await inClusterAccess(variables, folder, clock);
    if (inside) return inside;
  }
  const own = await documentsAt([join(home, '.kube', 'config')], 'The home', { some: true });
  if (own.length > 0) return kubeconfigAccess(own, opening);
  throw new InputError([NONE_FOUND]);
}
