import { STATE } from './kubelet/state.ts';
import type { Draft, Texts } from './objects.ts';
import type { Template } from './workloads.ts';

/** How the pods of a workload get to know a key of a ConfigMap. */
export type Reading = 'env' | 'envFrom' | 'args' | 'init-args' | 'volume' | 'subPath';

export interface SeedOptions {
  readonly name: string;
  readonly namespace?: string;
  readonly replicas?: number;
  /** `env` by default. */
  readonly as?: Reading;
  /** The variable; by default the key in capitals. */
  readonly variable?: string;
  readonly optional?: boolean;
  /** How its pods do, as `stepsOf` reads it. */
  readonly state?: string;
  readonly labels?: Texts;
  readonly annotations?: Texts;
  /** Goes into the spec of the workload. */
  readonly spec?: Readonly<Record<string, unknown>>;
}

const IMAGE = 'registry.example/llm-server:1';

const VOLUME = 'models';

function templateReading(configMap: string, key: string, options: SeedOptions): Template {
  const { name, as = 'env', state, optional } = options;
  const variable = options.variable ?? key.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_');
  const reference = { name: configMap, key, ...(optional && { optional }) };
  const env = [{ name: variable, valueFrom: { configMapKeyRef: reference } }];
  const main = { name: 'main', image: IMAGE };
  const metadata = {
    labels: { app: name, ...options.labels },
    ...(state !== undefined && { annotations: { [STATE]: state } }),
  };
  const mounted = (subPath: boolean) => ({
    containers: [
      {
        ...main,
        volumeMounts: [
          {
            name: VOLUME,
            mountPath: subPath ? `/etc/${key}` : '/etc/models',
            ...(subPath && { subPath: key }),
          },
        ],
      },
    ],
    volumes: [{ name: VOLUME, configMap: { name: configMap, ...(optional && { optional }) } }],
  });
  const words = [`--version=$(${variable})`];
  const specs = {
    env: () => ({ containers: [{ ...main, env }] }),
    envFrom: () => ({
      containers: [
        {
          ...main,
          envFrom: [{ configMapRef: { name: configMap, ...(optional && { optional }) } }],
        },
      ],
    }),
    args: () => ({ containers: [{ ...main, env, args: words }] }),
    'init-args': () => ({
      initContainers: [{ name: 'fetch', image: IMAGE, env, args: words }],
      containers: [main],
    }),
    volume: () => mounted(false),
    subPath: () => mounted(true),
  };
  return { metadata, spec: specs[as]() };
}

function workload(kind: string, configMap: string, key: string, options: SeedOptions): Draft {
  const { name, namespace = 'default', replicas, labels, annotations } = options;
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: {
      name,
      namespace,
      labels: { app: name, ...labels },
      ...(annotations && { annotations }),
    },
    spec: {
      ...(replicas !== undefined && { replicas }),
      selector: { matchLabels: { app: name } },
      template: templateReading(configMap, key, options),
      ...options.spec,
    },
  };
}

export const deploymentReading = (configMap: string, key: string, options: SeedOptions): Draft =>
  workload('Deployment', configMap, key, options);

export const statefulSetReading = (configMap: string, key: string, options: SeedOptions): Draft =>
  workload('StatefulSet', configMap, key, {
    ...options,
    spec: { serviceName: options.name, ...options.spec },
  });

export const daemonSetReading = (configMap: string, key: string, options: SeedOptions): Draft => {
  const { replicas: _, ...rest } = options;
  return workload('DaemonSet', configMap, key, rest);
};

export const configMap = (
  name: string,
  data: Texts,
  {
    namespace = 'default',
    ...more
  }: Partial<Pick<SeedOptions, 'namespace' | 'labels' | 'annotations'>> & {
    readonly immutable?: boolean;
  } = {},
): Draft => {
  const { labels, annotations, immutable } = more;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, ...(labels && { labels }), ...(annotations && { annotations }) },
    data,
    ...(immutable !== undefined && { immutable }),
  };
};
