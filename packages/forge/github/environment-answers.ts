import { InputError } from '@passmuster/core/errors.ts';
import type { EnvironmentAnswer } from '@passmuster/core/forge.ts';
import type { WorkflowRun } from '@passmuster/core/host.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import { isWorkflowRun } from '@passmuster/core/workflow-run.ts';
import type { Connection } from './connection.ts';
import { momentOf, whoOf } from './fields.ts';
import { placeOf } from './place.ts';
import { odd, unreadable } from './problems.ts';
import { serverOf } from './server.ts';

/** Asks only the server that our token is for, and only for what can be a run. */
export async function environmentAnswers(
  connection: Connection,
  run: WorkflowRun,
  signal: AbortSignal,
): Promise<readonly EnvironmentAnswer[]> {
  if (!isWorkflowRun(run) || run.server !== serverOf(connection.apiUrl)) {
    throw new InputError([NOT_OURS]);
  }
  const what = `the approvals of run ${run.id} of ${run.repository}`;
  const about = { ...placeOf(run.repository), run_id: run.id };
  const ask = async (route: `GET /${string}`, parameters: object) => {
    const answer = await connection.get(route, parameters, signal);
    const refused = answer.status === 403 || answer.status === 404;
    if (refused) throw unreadable(connection.apiUrl, what, 'actions: read', answer);
    return answer;
  };
  const ofRun = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}';
  const answer = await ask(`${ofRun}/approvals`, about);
  const { status, body } = answer;
  if (status !== 200 || !Array.isArray(body)) throw odd(connection.apiUrl, what, answer);
  if (body.length === 0) return [];
  const told = await ask(ofRun, { ...about, exclude_pull_requests: true });
  const notBefore = isMap(told.body) ? momentOf(told.body['created_at']) : undefined;
  if (notBefore === undefined) throw odd(connection.apiUrl, what, told);
  return body.flatMap((item) => {
    const one = answerIn(item, notBefore);
    if (one === undefined) throw odd(connection.apiUrl, what, answer);
    return one === 'nothing' ? [] : [one];
  });
}

const NOT_OURS = {
  message: 'The variables of the job name a run of another server than that of the token.',
  hint: 'Check GITHUB_SERVER_URL and GITHUB_API_URL; the runner sets both.',
};

/** `nothing` is what nobody answered yet, or somebody whose account was deleted. */
function answerIn(item: unknown, notBefore: number): EnvironmentAnswer | 'nothing' | undefined {
  if (!isMap(item)) return undefined;
  const { state, user, environments } = item;
  const who = whoOf(user);
  if (!who || typeof state !== 'string' || !Array.isArray(environments)) return undefined;
  const names = environments.map((one) => (isMap(one) ? one['name'] : undefined));
  if (!names.every((name) => typeof name === 'string')) return undefined;
  if (who === 'nobody' || state === 'pending') return 'nothing';
  return { ...who, environments: names, approved: state === 'approved', notBefore };
}
