import { InputError } from '@passmuster/core/errors.ts';
import { isUnsupported } from '@passmuster/core/registry/error.ts';
import type { Ask, Reply } from './transport.ts';

const SERVER_INFO: Ask = {
  method: 'GET',
  path: '/api/3.0/mlflow/server-info',
  repeatable: true,
  what: 'ask whether there are workspaces',
};

function isEnabled({ body }: Reply): boolean {
  try {
    const info: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof info === 'object' && info !== null && 'workspaces_enabled' in info
      ? info.workspaces_enabled === true
      : false;
  } catch {
    return false;
  }
}

async function check(workspace: string, address: string, send: (ask: Ask) => Promise<Reply>) {
  const reply = await send(SERVER_INFO).catch((error: unknown) => {
    // Servers from before there were workspaces do not know the question.
    if (isUnsupported(error)) return undefined;
    throw error;
  });
  if (reply && isEnabled(reply)) return workspace;
  throw new InputError([
    {
      message: `MLFLOW_WORKSPACE is set to "${workspace}", but the server at ${address} has no workspaces.`,
      hint: 'Unset it, or start the server with --enable-workspaces (MLflow 3.10 or later).',
    },
  ]);
}

/** The workspace to name in each request, once the server has said that it has any: others fail at the name. */
export function workspaceOf(
  workspace: string | undefined,
  address: string,
  send: (ask: Ask) => Promise<Reply>,
): () => Promise<string | undefined> {
  let asked: Promise<string> | undefined;
  return async () => {
    if (workspace === undefined) return undefined;
    asked ??= check(workspace, address, send);
    const answer = asked;
    return answer.catch((error: unknown) => {
      // What failed on the way may go well the next time.
      if (asked === answer && !(error instanceof InputError)) asked = undefined;
      throw error;
    });
  };
}
