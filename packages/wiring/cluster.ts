import { homedir } from 'node:os';
import type { Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import { clusterOpener } from '@passmuster/cluster/open.ts';
import type { OpenCluster } from '@passmuster/core/cluster/cluster.ts';
import type { ConnectionInputs } from '@passmuster/verbs/traffic/inputs.ts';

/** The cluster that serves, opened when it is first needed. */
export const openCluster = (
  { ca, kubeconfig, context, server, token }: ConnectionInputs,
  around: Surroundings,
): OpenCluster =>
  clusterOpener({
    ...around,
    inputs: { ca: ca.join('\n'), kubeconfig, context, server, token },
    variables: process.env,
    home: homedir(),
  });
