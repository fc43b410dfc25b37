import { InputError, type Problem } from '@passmuster/core/errors.ts';
import { addressProblem, normalAddress } from './address.ts';
import { type Authorization, readAuthorization } from './authorization.ts';
import { readCredentialsFile } from './credentials-file.ts';
import { networkOfHost } from './networks.ts';
import { type Proxies, readProxies, type Variables } from './proxies.ts';
import { type Certificates, readFlag, readTls, type Tls } from './tls.ts';

/** How to reach one server, and as whom. */
export interface Connection {
  /** With its base path, without a slash at its end, never with credentials. */
  readonly address: string;
  /** What messages call it, where that is not its address. */
  readonly called?: string;
  readonly authorization?: Authorization;
  readonly workspace?: string;
  readonly tls: Tls;
  readonly proxies: Proxies;
  /** What must never be shown. */
  readonly secrets: readonly string[];
  /** To be said aloud before anything is sent. */
  readonly warnings: readonly string[];
}

/** Models may live on another server than runs; where they do not, both are the same object. */
export interface Connections {
  readonly registry: Connection;
  readonly tracking: Connection;
  readonly secrets: readonly string[];
  readonly warnings: readonly string[];
}

export interface GivenAddress {
  readonly value: string;
  /** Who said it, as a message begins: "The input `registry`". */
  readonly from: string;
  /** Whether credentials may be sent there; not to one that a pull request could have changed. */
  readonly trusted: boolean;
}

export interface ConnectionSources {
  /** What an input or the policy says; without it, MLflow's variables. */
  readonly given?: GivenAddress;
  readonly variables: Variables;
  /** What stands in `~/.mlflow/credentials`. */
  readonly credentialsFile?: string;
  readonly certificates?: Certificates;
}

const TRACKING = 'MLFLOW_TRACKING_URI';
const REGISTRY = 'MLFLOW_REGISTRY_URI';
const WORKSPACE = 'MLFLOW_WORKSPACE';

interface Addresses {
  readonly registry: GivenAddress;
  readonly tracking: GivenAddress;
}

function addressesOf({ given, variables }: ConnectionSources): Addresses | undefined {
  if (given) return { registry: given, tracking: given };
  const [registry, tracking] = [REGISTRY, TRACKING].map((from): GivenAddress | undefined => {
    const value = variables[from];
    return value ? { value, from, trusted: true } : undefined;
  });
  const one = registry ?? tracking;
  return one && { registry: one, tracking: tracking ?? one };
}

const sameAddress = (a: string, b: string | undefined): boolean =>
  b !== undefined && URL.canParse(b) && normalAddress(a) === normalAddress(b);

/** An address that the environment names, too, is as good as the environment. */
const isTrusted = ({ value, trusted }: GivenAddress, variables: Variables): boolean =>
  trusted || [TRACKING, REGISTRY].some((name) => sameAddress(value, variables[name]));

function unsupported(variables: Variables): Problem[] {
  const problems: Problem[] = [];
  const signed = readFlag(variables, 'MLFLOW_TRACKING_AWS_SIGV4');
  const hint =
    'Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.';
  if (typeof signed === 'object') problems.push(signed);
  else if (signed) {
    problems.push({
      message:
        'MLFLOW_TRACKING_AWS_SIGV4 asks for signed requests, which are not supported; nothing is sent unsigned instead.',
      hint,
    });
  }
  if (variables['MLFLOW_TRACKING_AUTH']) {
    problems.push({
      message:
        'MLFLOW_TRACKING_AUTH names a plugin of MLflow, which runs only in Python; nothing is sent without it instead.',
      hint,
    });
  }
  const workspace = variables[WORKSPACE];
  if (workspace && !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(workspace)) {
    problems.push({
      message: `${WORKSPACE} is no name of a workspace.`,
      hint: 'Such names are small letters, digits and dashes.',
    });
  }
  return problems;
}

const untrusted = ({ from }: GivenAddress, sent: string): Problem => ({
  message: `${from} names the registry, but whoever opens a pull request could have changed it; ${sent} would be sent there.`,
  hint: `Give the address as the input \`registry\` or in ${TRACKING}, or unset the credentials.`,
});

function warningsFor(address: string, tls: Tls, hasCredentials: boolean): string[] {
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:') {
    return tls.insecure
      ? [
          `MLFLOW_TRACKING_INSECURE_TLS: nobody checks that ${address} is the registry; whoever stands in between can read and change everything.`,
        ]
      : [];
  }
  return hasCredentials && networkOfHost(hostname) === 'public'
    ? [
        `Credentials go to ${address} unencrypted, for everybody on the way to read; use https there.`,
      ]
    : [];
}

/** From what MLflow's own clients read; all problems together. */
export function connectionsOf(sources: ConnectionSources): Connections {
  const { variables } = sources;
  const file = readCredentialsFile(sources.credentialsFile ?? '');
  const login = readAuthorization(variables, 'message' in file ? {} : file);
  const proxying = readProxies(variables);
  const { tls, problems: ofTls } = readTls(variables, sources.certificates ?? {});
  const addresses = addressesOf(sources);
  const problems = [
    ...('message' in file ? [file] : []),
    ...login.problems,
    ...proxying.problems,
    ...ofTls,
    ...unsupported(variables),
  ];
  if (!addresses) {
    problems.push({
      message: 'No registry is named.',
      hint: `Set the input \`registry\`, or ${TRACKING}, to the address of an MLflow server; registry: embedded:registry.db needs none.`,
    });
    throw new InputError(problems);
  }
  const sent = login.authorization?.kind ?? (tls.client && 'the client certificate');
  for (const one of new Set([addresses.registry, addresses.tracking])) {
    const problem = addressProblem(one.value, one.from);
    if (problem) problems.push(problem);
    else if (sent && !isTrusted(one, variables)) problems.push(untrusted(one, sent));
  }
  if (problems.length > 0) throw new InputError(problems);

  const secrets = [...new Set([...login.secrets, ...proxying.secrets])];
  const connect = ({ value }: GivenAddress): Connection => {
    const address = normalAddress(value);
    const { authorization } = login;
    const workspace = variables[WORKSPACE];
    return {
      address,
      ...(authorization && { authorization }),
      ...(workspace && { workspace }),
      tls,
      proxies: proxying.proxies,
      secrets,
      warnings: warningsFor(address, tls, authorization !== undefined),
    };
  };
  const registry = connect(addresses.registry);
  const { value } = addresses.tracking;
  const tracking =
    normalAddress(value) === registry.address ? registry : connect(addresses.tracking);
  const warnings = new Set([...login.warnings, ...registry.warnings, ...tracking.warnings]);
  return { registry, tracking, secrets, warnings: [...warnings] };
}

/** To a server of our own on this machine: no variable has a say in it. */
export function localConnection(address: string, token?: string, called?: string): Connection {
  return {
    address: normalAddress(address),
    ...(called !== undefined && { called }),
    ...(token && { authorization: { header: `Bearer ${token}`, kind: 'a token of our own' } }),
    tls: { insecure: false },
    proxies: { none: [] },
    secrets: token ? [token] : [],
    warnings: [],
  };
}
