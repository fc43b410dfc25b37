import type { RunState } from '@passmuster/core/forge.ts';
import type { WorkflowRun } from '@passmuster/core/host.ts';
import { isWorkflowRun } from '@passmuster/core/workflow-run.ts';
import type { Connection } from './connection.ts';
import { odd } from './problems.ts';
import { serverOf } from './server.ts';

/** Asks only the server that our token is for, and only for what can be a run. */
export async function runState(
  connection: Connection,
  run: WorkflowRun,
  signal: AbortSignal,
): Promise<RunState> {
  if (!isWorkflowRun(run) || run.server !== serverOf(connection.apiUrl)) return 'unknown';
  const [owner = '', repo = ''] = run.repository.split('/');
  const answer = await connection.get(
    'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}',
    {
      ...{ owner, repo, run_id: run.id, attempt_number: run.attempt },
      exclude_pull_requests: true,
    },
    signal,
  );
  const { status, body } = answer;
  if (status === 403 || status === 404) return 'unknown';
  if (status === 200 && typeof body === 'object' && body && 'status' in body) {
    return body.status === 'completed' ? 'finished' : 'running';
  }
  throw odd(connection.apiUrl, `run ${run.id} of ${run.repository}`, answer);
}
