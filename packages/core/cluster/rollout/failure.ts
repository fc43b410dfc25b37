import { quotable } from '../../quote.ts';
import type { ContainerStatus, Pod, PodEvent } from '../pod.ts';
import type { WorkloadRef } from '../workload.ts';
import { type Ailment, ailmentsOf } from './ailments.ts';
import { isReady, podsOf } from './pods.ts';
import type { Trouble, Watched } from './watched.ts';
import { borne, type Watching } from './watching.ts';
import { nameText, saidText } from './words.ts';

/** The pod that shows best what is wrong; all texts may be shown as they are. */
export interface PodTrouble {
  readonly name: string;
  readonly container?: string;
  readonly reason: string;
  readonly message: string;
  /** Its last lines. */
  readonly log: readonly string[];
  /** Whether they are of the run before, which has crashed. */
  readonly isOfRunBefore: boolean;
  /** The last, the oldest of them first. */
  readonly events: readonly string[];
}

export interface RolloutFailure {
  readonly ref: WorkloadRef;
  /** Goes on after its name and a colon. */
  readonly says: string;
  readonly hint?: string;
  readonly pod?: PodTrouble;
}

const LINES = 20;
const EVENTS = 5;
const LONGEST_LINE = 200;

const linesOf = (text: string): string[] =>
  text
    .replaceAll('\t', '  ')
    .split(/\r\n|[\n\r]/)
    .filter((line) => line.trim() !== '')
    .slice(-LINES)
    .map((line) => quotable(line, LONGEST_LINE));

const eventText = ({ type, reason, message, count }: PodEvent): string =>
  `${saidText(type)} ${saidText(reason)}: ${saidText(message)}${count > 1 ? ` (${count} times)` : ''}`;

/** A pod that runs, and is never ready: its probe or its log may say why. */
const notReady = (pod: Pod): Ailment => {
  const condition = pod.conditions.find(({ type }) => type === 'Ready');
  const container = pod.containers.find((one) => !one.isInit && !one.isReady)?.name;
  return {
    pod,
    ...(container !== undefined && { container }),
    reason: condition?.reason || 'NotReady',
    message: condition?.message || 'it is not ready',
    severity: 'passing',
  };
};

function worst(pods: readonly Pod[], one: Watched): Ailment | undefined {
  const { stamp } = one.target;
  const unready = podsOf(pods, stamp).find((pod) => !isReady(pod));
  return ailmentsOf(pods, stamp)[0] ?? (unready && notReady(unready));
}

const hasRunBefore = ({ restarts, last }: ContainerStatus): boolean =>
  restarts > 0 || last !== undefined;

/** Whether there can be a log: what waits for its first run has none. */
const hasRun = (status: ContainerStatus): boolean => !status.waiting || hasRunBefore(status);

async function logOf(
  watching: Watching,
  { pod, container }: Ailment,
): Promise<Pick<PodTrouble, 'log' | 'isOfRunBefore'>> {
  const status = pod.containers.find(({ name }) => name === container);
  if (!status || !hasRun(status)) return { log: [], isOfRunBefore: false };
  // What runs again after a crash has not come to the place yet.
  for (const previous of hasRunBefore(status) ? [true, false] : [false]) {
    const wanted = { lines: LINES, previous };
    const text = await borne(watching, 'The logs of pods', (call) =>
      watching.cluster.log(pod, status.name, wanted, call),
    );
    if (text === 'denied') break;
    const log = linesOf(text ?? '');
    if (log.length > 0) return { log, isOfRunBefore: previous };
  }
  return { log: [], isOfRunBefore: false };
}

async function explain(watching: Watching, ailment: Ailment): Promise<PodTrouble> {
  const { pod, container, reason, message } = ailment;
  const events = await borne(watching, 'The events of pods', (call) =>
    watching.cluster.events(pod, call),
  );
  return {
    name: nameText(pod.name),
    ...(container !== undefined && { container: nameText(container) }),
    reason: saidText(reason),
    message: saidText(message),
    ...(await logOf(watching, ailment)),
    events: Array.isArray(events) ? events.slice(-EVENTS).map(eventText) : [],
  };
}

/** What a person needs to mend it, as far as it can be read. */
export async function failureOf(
  watching: Watching,
  one: Watched,
  { says, hint, ailment }: Trouble,
): Promise<RolloutFailure> {
  const { cluster } = watching;
  const found = ailment
    ? []
    : await borne(watching, 'The pods', (call) => cluster.pods(one.workload, call));
  const shown = ailment ?? worst(Array.isArray(found) ? found : one.pods, one);
  const pod = shown && (await explain(watching, shown));
  return { ref: one.ref, says, ...(hint && { hint }), ...(pod && { pod }) };
}
