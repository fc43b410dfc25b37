import type { Host } from '@passmuster/core/host.ts';

/** What a run is found by again, whichever of its attempts it is; nothing outside of runs. */
const runMark = ({ run }: Pick<Host, 'run'>): string | undefined =>
  run && `${run.server}/${run.repository}/${run.id}`;

/** What the ticket of a moving verb is found by. */
export function ticketMarks(verb: string, host: Pick<Host, 'run'>): Map<string, string> {
  const run = runMark(host);
  return new Map([['verb', verb], ...(run === undefined ? [] : [['run', run] as const])]);
}
