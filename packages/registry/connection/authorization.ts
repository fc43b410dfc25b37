import type { Problem } from '@passmuster/core/errors.ts';
import type { FileCredentials } from './credentials-file.ts';
import type { Variables } from './proxies.ts';

export interface Authorization {
  /** The value of the header. */
  readonly header: string;
  /** What it is and where it came from, for messages. */
  readonly kind: string;
}

export interface AuthorizationRead {
  readonly authorization?: Authorization;
  readonly secrets: readonly string[];
  readonly warnings: readonly string[];
  readonly problems: readonly Problem[];
}

const USER = 'MLFLOW_TRACKING_USERNAME';
const PASSWORD = 'MLFLOW_TRACKING_PASSWORD';
const TOKEN = 'MLFLOW_TRACKING_TOKEN';

const brokenLine = (name: string): Problem => ({
  message: `${name} holds a line break or another control character.`,
  hint: 'Often it stands at the end of a secret that was pasted: remove it there.',
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be sent
const CONTROL = /[\x00-\x1f\x7f]/;

function basic(user: string, password: string, from: string): AuthorizationRead {
  const problems = [];
  if (CONTROL.test(user)) problems.push(brokenLine('The user name for the registry'));
  if (CONTROL.test(password)) problems.push(brokenLine('The password for the registry'));
  if (user.includes(':')) {
    problems.push({
      message: 'The user name for the registry holds a colon, which cannot be sent.',
      hint: `A colon ends the user name; the password belongs into ${PASSWORD}.`,
    });
  }
  const encoded = Buffer.from(`${user}:${password}`).toString('base64');
  return {
    authorization: { header: `Basic ${encoded}`, kind: `user name and password ${from}` },
    secrets: [password, encoded],
    warnings: [],
    problems,
  };
}

function bearer(token: string): AuthorizationRead {
  const problems = [];
  if (CONTROL.test(token)) problems.push(brokenLine(TOKEN));
  else if (!/^[!-~]+$/.test(token)) {
    problems.push({
      message: `${TOKEN} holds a space or a character that no token has.`,
      hint: 'Set the token alone, without `Bearer` before it.',
    });
  }
  return {
    authorization: { header: `Bearer ${token}`, kind: `the token of ${TOKEN}` },
    secrets: [token],
    warnings: [],
    problems,
  };
}

/** As MLflow's own client: variables before the file, user name with password before a token. */
export function readAuthorization(variables: Variables, file: FileCredentials): AuthorizationRead {
  const user = variables[USER] || file.user;
  const password = variables[PASSWORD] || file.password;
  const token = variables[TOKEN];
  if (user && password) {
    const ofFile = !variables[USER] && !variables[PASSWORD];
    return basic(
      user,
      password,
      ofFile ? 'of ~/.mlflow/credentials' : `of ${USER} and ${PASSWORD}`,
    );
  }
  if (token) return bearer(token);
  const [set, missing] = user ? [USER, PASSWORD] : [PASSWORD, USER];
  const warnings =
    user || password ? [`${set} is set without ${missing}: neither is sent, as in MLflow.`] : [];
  return { secrets: password ? [password] : [], warnings, problems: [] };
}
