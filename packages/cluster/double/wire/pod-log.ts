import type { Logs } from '../kubelet/logs.ts';
import type { Pod } from '../workloads.ts';
import type { Answer, Call } from './call.ts';
import { existing } from './reads.ts';
import { badRequest } from './status.ts';

interface ContainerStatus {
  readonly name: string;
  readonly state?: { readonly waiting?: { readonly reason?: string } };
  readonly lastState?: { readonly terminated?: unknown };
}

const WAITS: Readonly<Record<string, string>> = {
  ImagePullBackOff: 'trying and failing to pull image',
  ErrImagePull: "image can't be pulled",
};

function containerIn(pod: Pod, asked: string): string {
  const { name } = pod.metadata;
  const { containers, initContainers = [] } = pod.spec;
  const all = [...containers, ...initContainers].map((one) => one.name);
  if (asked !== '') {
    if (all.includes(asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${name}`);
  }
  if (containers.length === 1 && containers[0]) return containers[0].name;
  throw badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${all.join(' ')}]`,
  );
}

function checkStarted(pod: Pod, container: string, previous: boolean): void {
  const { containerStatuses = [], initContainerStatuses = [] } = (pod.status ?? {}) as {
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
  const status = [...containerStatuses, ...initContainerStatuses].find(
    ({ name }) => name === container,
  );
  const of = `container "${container}" in pod "${pod.metadata.name}"`;
  const ran = status?.lastState?.terminated !== undefined;
  if (previous && !ran) {
    throw badRequest(`previous terminated ${of} not found`);
  }
  const reason = status?.state?.waiting?.reason;
  if (reason === undefined || ran) return;
  throw badRequest(`${of} is waiting to start: ${WAITS[reason] ?? reason}`);
}

/** What a container wrote; a pod that no node has got yet has written nothing. */
export function podLog(call: Call, logs: Logs): Answer {
  const pod = existing(call) as Pod;
  const { query } = call;
  const container = containerIn(pod, query.get('container') ?? '');
  if (pod.status?.['containerStatuses'] === undefined) return { status: 204, body: '', text: '' };
  checkStarted(pod, container, query.get('previous') === 'true');
  const lines = logs.of(pod, container).split('\n');
  if (lines.at(-1) === '') lines.pop();
  const tail = query.get('tailLines');
  const kept = tail === null ? lines : lines.slice(Math.max(0, lines.length - Number(tail)));
  const text = kept.map((line) => `${line}\n`).join('');
  const limit = query.get('limitBytes');
  const cut = limit === null ? text : Buffer.from(text).subarray(0, Number(limit)).toString();
  return { status: 200, body: '', text: cut, headers: { 'content-type': 'text/plain' } };
}
