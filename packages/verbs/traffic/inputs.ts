import type { Input } from '@passmuster/action-kit/spec/input.ts';
import {
  boolean,
  duration,
  lines,
  oneOf,
  secret,
  text,
} from '@passmuster/action-kit/spec/kinds.ts';
import { artifactBaseProblem } from '@passmuster/core/policy/shapes/configmap.ts';

/** How the cluster is reached. */
export const connection = {
  kubeconfig: text({
    about:
      'The kubeconfig file, or several as in KUBECONFIG. Left out, KUBECONFIG, else the service account of the pod that this runs in, else `~/.kube/config`.',
    example: '.kube/config',
  }),
  context: text({ about: 'The context of the kubeconfig; left out, its current one.' }),
  server: text({
    about: 'The address of the API server, in place of a kubeconfig.',
    example: 'https://10.0.0.1:6443',
  }),
  ca: lines({ about: 'Whom to trust at `server`: the path of a PEM file, or what stands in it.' }),
  token: secret({ about: 'The token for `server`.' }),
};

/** How what serves is moved, and what is waited for. */
export const rollout = {
  restart: lines({
    about:
      'The workloads to start anew, one a line, such as `deployment/api`; or `none`. Left out, those that read a key that changes.',
    example: 'deployment/llm-inference',
  }),
  'write-as': oneOf(['semantic', 'number'], {
    about:
      'How a version is written into the ConfigMap. Left out, its semantic version where it has one, else the registry’s number.',
  }),
  'model-registry-url': text({
    about: 'The base of the artifacts to write beside it. Left out, what the policy says, or none.',
    example: 's3://models/production',
    check: (address) => (address === undefined ? undefined : artifactBaseProblem(address)),
  }),
  create: boolean({ about: 'Make the ConfigMap where there is none.', default: 'false' }),
  'wait-timeout': duration({
    about: 'How long to wait for the workloads that were started anew.',
    default: '10m',
  }),
  soak: duration({
    about: 'How long to keep looking after they are done; pods that fail then count as a failure.',
    default: '0s',
  }),
};

type Values<Inputs> = {
  readonly [Name in keyof Inputs]: Inputs[Name] extends Input<infer Value> ? Value : never;
};

export type ConnectionInputs = Values<typeof connection>;
export type RolloutInputs = Values<typeof rollout>;
