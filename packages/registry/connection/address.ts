import type { Problem } from '@passmuster/core/errors.ts';
import { registryAddressProblem } from '@passmuster/core/registry-address.ts';

const SERVED = 'Set the address of an MLflow server, such as https://mlflow.example.com.';

const KINDS: readonly (readonly [RegExp, string, string])[] = [
  [
    /^databricks(?:-uc)?(?::|$)/,
    'names a Databricks profile, which only MLflow itself reads',
    'Set the https address of the workspace, and MLFLOW_TRACKING_TOKEN.',
  ],
  [
    /^embedded:/,
    'names an embedded registry, which only the input `registry` or the policy may',
    'Set the input `registry` to it.',
  ],
  [/^uc:/, 'names a Unity Catalog, which is not supported', SERVED],
  [/^arn:/, 'names a server by an ARN, whose signed requests are not supported', SERVED],
  [/^azureml:/, 'names an Azure ML workspace, whose login is not supported', SERVED],
  [
    /^(?:sqlite|postgresql|mysql|mssql|oracle)(?:\+\w+)?:/,
    'names a database, which only MLflow itself opens',
    'Set the http address of the server that `mlflow server --backend-store-uri …` starts.',
  ],
  [
    /^(?:file:|[./~\\]|[a-z]:[\\/])|^[^:]*$/i,
    'names a folder or a file, not a server',
    `${SERVED} Without a server: registry: embedded:registry.db.`,
  ],
];

/** Why this cannot be talked to; nothing of it is repeated, for it may hold a password. */
export function addressProblem(value: string, from: string): Problem | undefined {
  for (const [pattern, says, hint] of KINDS) {
    if (pattern.test(value)) return { message: `${from} ${says}.`, hint };
  }
  const problem = registryAddressProblem(value);
  return problem === undefined ? undefined : { message: `${from} ${problem}.` };
}

/** One way of writing it, without slashes at its end. */
export function normalAddress(value: string): string {
  const { origin, pathname } = new URL(value);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}
