const GIT = 'Change the value in Git instead';

/** How a tool is known, and how it is told to leave a key to others. */
export interface Tool {
  readonly tool: string;
  readonly annotations?: readonly string[];
  readonly labels?: readonly string[];
  /** As the server names who has written. */
  readonly managers: RegExp;
  readonly hint: string;
}

/** Each of them alone is proof. */
export const TOOLS: readonly Tool[] = [
  {
    tool: 'Argo CD',
    annotations: ['argocd.argoproj.io/tracking-id'],
    managers: /^argocd-(application-)?controller$/,
    hint: `${GIT}, or have its Application ignore the key: \`ignoreDifferences\` with \`jsonPointers\`, and \`RespectIgnoreDifferences=true\` in \`syncOptions\`, without which the next sync still puts the old value back.`,
  },
  {
    tool: 'Flux',
    labels: [
      'kustomize.toolkit.fluxcd.io/name',
      'kustomize.toolkit.fluxcd.io/namespace',
      'helm.toolkit.fluxcd.io/name',
      'helm.toolkit.fluxcd.io/namespace',
    ],
    managers: /^(kustomize|helm)-controller$/,
    hint: `${GIT}, or take the key out of the manifest there, or annotate the ConfigMap there with \`kustomize.toolkit.fluxcd.io/ssa: IfNotPresent\` (or \`Ignore\`).`,
  },
  {
    tool: 'Helm',
    annotations: ['meta.helm.sh/release-name'],
    managers: /^helm$/i,
    hint: `${GIT}, or take the key out of the chart: Helm 3 puts the old value back at its next upgrade, and Helm 4 stops there with a conflict.`,
  },
  {
    tool: 'Terraform',
    managers: /^(Terraform|HashiCorp)$/i,
    hint: 'Change the value in its configuration instead, or have it leave the key out (`ignore_changes` of its `lifecycle`).',
  },
  {
    tool: 'Pulumi',
    managers: /^pulumi-kubernetes(-|$)/,
    hint: 'Change the value in its program instead, or have it leave the key out (`ignoreChanges`).',
  },
];

export const OTHER_HINT =
  'Change the value where it is applied from instead, or take the key out there: whoever applies the object on the server again gets a conflict, or puts the old value back.';
