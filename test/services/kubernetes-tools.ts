import { buildGoModule, type GoModule, partsOf } from './go-module.ts';
import type { Tool } from './tools.ts';

/** What `k8s.io/kubernetes` keeps in its own tree and asks for as v0.0.0. */
const STAGED = [
  'api',
  'apiextensions-apiserver',
  'apimachinery',
  'apiserver',
  'cli-runtime',
  'client-go',
  'cloud-provider',
  'cluster-bootstrap',
  'code-generator',
  'component-base',
  'component-helpers',
  'controller-manager',
  'cri-api',
  'cri-client',
  'cri-streaming',
  'csi-translation-lib',
  'dynamic-resource-allocation',
  'endpointslice',
  'externaljwt',
  'kms',
  'kube-aggregator',
  'kube-controller-manager',
  'kube-proxy',
  'kube-scheduler',
  'kubectl',
  'kubelet',
  'metrics',
  'mount-utils',
  'pod-security-admission',
  'sample-apiserver',
  'sample-cli-plugin',
  'sample-controller',
  'streaming',
];

/** The API server, the controllers and kubectl, side by side in one folder. */
export function kubernetes(version: string): Tool {
  const staged = `v${version.replace(/^1/, '0')}`;
  const programs = ['kube-apiserver', 'kube-controller-manager', 'kubectl'];
  const module: GoModule = {
    go: '1.26.0',
    requires: [`k8s.io/kubernetes v${version}`],
    replaces: STAGED.map((name) => `k8s.io/${name} => k8s.io/${name} ${staged}`),
    commands: Object.fromEntries(programs.map((name) => [name, `k8s.io/kubernetes/cmd/${name}`])),
    linked: `-X k8s.io/component-base/version.gitVersion=v${version}`,
  };
  return {
    version,
    parts: partsOf(module),
    program: 'bin/kube-apiserver',
    besides: {
      'bin/kube-controller-manager': ['--version'],
      'bin/kubectl': ['version', '--client'],
    },
    install: (folder) => buildGoModule(folder, module),
  };
}

/** Where Kubernetes keeps all it knows. */
export function etcd(version: string): Tool {
  const server = 'go.etcd.io/etcd/server/v3';
  const module: GoModule = {
    go: '1.26.0',
    requires: [`${server} v${version}`],
    commands: { etcd: server },
  };
  return {
    version,
    parts: partsOf(module),
    program: 'bin/etcd',
    install: (folder) => buildGoModule(folder, module),
  };
}
