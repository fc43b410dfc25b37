import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import type { Workload } from '@passmuster/core/cluster/workload.ts';
import { isYes } from '../http/answer.ts';
import { JSON_BODY, listed } from './objects.ts';
import { called, namespacePath, podPath, podsPath } from './paths.ts';
import { eventsFrom, podFrom } from './pod-from.ts';
import type { Ask, Transport } from './transport.ts';
import { judgeAnswer } from './verdict.ts';

type Pods = Pick<Cluster, 'pods' | 'log' | 'events' | 'deletePod'>;

/** Its pods have the labels of its template in any case; without a selector, all pods would be its own. */
function selectorOf({ selector, template }: Workload): string {
  const labels = selector.size > 0 ? selector : template.labels;
  return [...labels].map(([key, value]) => `${key}=${value}`).join(',');
}

const MOST_LOG_BYTES = 64 * 1024;

/** The container has not started, its node is not there or does not answer, or the pod is gone. */
const NOT_SERVED: readonly number[] = [400, 404, 500, 502, 503, 504];

async function logOf(transport: Transport, ask: Ask): Promise<string> {
  const answer = await transport.ask(ask);
  if (isYes(answer.status)) return Buffer.from(answer.body).toString('utf8');
  if (NOT_SERVED.includes(answer.status)) return '';
  throw transport.failed(ask, answer);
}

async function removed(transport: Transport, ask: Ask): Promise<void> {
  const answer = await transport.ask(ask);
  // It went by itself meanwhile.
  const isGone = answer.status === 404 && judgeAnswer(answer).failure.reason === 'missing';
  if (!isGone && !isYes(answer.status)) throw transport.failed(ask, answer);
}

export const pods = (transport: Transport): Pods => ({
  async pods(workload, call) {
    const { items } = await listed(transport, {
      method: 'GET',
      path: podsPath(workload.namespace),
      query: { labelSelector: selectorOf(workload) },
      what: `list the pods of the ${workload.kind} ${called(workload)}`,
      call,
    });
    return items.map(podFrom);
  },

  log: (pod, container, { lines, previous }, call) =>
    logOf(transport, {
      method: 'GET',
      path: `${podPath(pod)}/log`,
      query: {
        container,
        tailLines: String(lines),
        limitBytes: String(MOST_LOG_BYTES),
        ...(previous && { previous: 'true' }),
      },
      what: `read the log of the pod ${called(pod)}`,
      maxBytes: MOST_LOG_BYTES,
      cut: true,
      tries: 1,
      call,
    }),

  async events(pod, call) {
    const { items } = await listed(transport, {
      method: 'GET',
      path: `${namespacePath(pod.namespace)}/events`,
      query: { fieldSelector: `involvedObject.uid=${pod.uid}` },
      what: `list the events of the pod ${called(pod)}`,
      call,
    });
    return eventsFrom(items);
  },

  deletePod: (pod, call) =>
    removed(transport, {
      method: 'DELETE',
      path: podPath(pod),
      body: {
        type: JSON_BODY,
        json: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: pod.uid } },
      },
      what: `delete the pod ${called(pod)}`,
      call,
    }),
});
