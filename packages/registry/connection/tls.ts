import type { Problem } from '@passmuster/core/errors.ts';
import { found } from '@passmuster/core/quote.ts';
import type { Variables } from './proxies.ts';

export interface Tls {
  /** Whom to trust, instead of the authorities that Node knows. */
  readonly ca?: string;
  /** Certificate and key of ours, in one text. */
  readonly client?: string;
  /** Does not look who answers. */
  readonly insecure: boolean;
}

export interface TlsRead {
  readonly tls: Tls;
  readonly problems: readonly Problem[];
}

export interface Certificates {
  readonly server?: string;
  readonly client?: string;
}

const INSECURE = 'MLFLOW_TRACKING_INSECURE_TLS';
export const SERVER_CERTIFICATE = 'MLFLOW_TRACKING_SERVER_CERT_PATH';
export const CLIENT_CERTIFICATE = 'MLFLOW_TRACKING_CLIENT_CERT_PATH';

/** A yes or no as MLflow reads it. */
export function readFlag(variables: Variables, name: string): boolean | Problem {
  const value = variables[name] || 'false';
  if (/^(?:true|1)$/i.test(value)) return true;
  if (/^(?:false|0)$/i.test(value)) return false;
  return { message: `${name} must be true or false, not ${found(value)}.` };
}

const holds = (pem: string | undefined, what: string): boolean =>
  pem === undefined || new RegExp(`-----BEGIN (?:[A-Z0-9]+ )*${what}-----`).test(pem);

function pemProblems({ server, client }: Certificates): Problem[] {
  const problems: Problem[] = [];
  if (!holds(server, 'CERTIFICATE')) {
    problems.push({ message: `The file of ${SERVER_CERTIFICATE} holds no certificate (PEM).` });
  }
  if (!holds(client, 'CERTIFICATE') || !holds(client, 'PRIVATE KEY')) {
    problems.push({
      message: `The file of ${CLIENT_CERTIFICATE} must hold a certificate and its private key (PEM).`,
      hint: 'Put both into one file, the key first or last.',
    });
  } else if (client !== undefined && /ENCRYPTED/.test(client)) {
    problems.push({
      message: `The key in the file of ${CLIENT_CERTIFICATE} is encrypted, and nothing can ask for its passphrase.`,
      hint: 'Take a key without passphrase.',
    });
  }
  return problems;
}

/** Whom to trust and who we are, as far as that is proved by certificates. */
export function readTls(variables: Variables, certificates: Certificates): TlsRead {
  const problems = pemProblems(certificates);
  const insecure = readFlag(variables, INSECURE);
  if (typeof insecure === 'object') problems.push(insecure);
  else if (insecure && variables[SERVER_CERTIFICATE]) {
    problems.push({
      message: `${INSECURE} and ${SERVER_CERTIFICATE} are both set, but only one can hold.`,
      hint: `Unset ${INSECURE}.`,
    });
  }
  if (variables['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    problems.push({
      message: 'NODE_TLS_REJECT_UNAUTHORIZED=0 lets anybody pose as the registry and as GitHub.',
      hint: `Unset it; for a certificate of your own, set ${SERVER_CERTIFICATE}.`,
    });
  }
  const { server, client } = certificates;
  return {
    tls: { ...(server && { ca: server }), ...(client && { client }), insecure: insecure === true },
    problems,
  };
}
