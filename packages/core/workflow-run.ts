import type { WorkflowRun } from './host.ts';

const OWNER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
const COUNT = /^[1-9][0-9]{0,19}$/;

/** `owner/name`, fit to be put into an address. */
export function isRepository(text: string): boolean {
  const [owner = '', name = '', ...more] = text.split('/');
  return OWNER.test(owner) && NAME.test(name) && more.length === 0;
}

/** Whether each part is what GitHub would say; other people's tags may hold anything. */
export const isWorkflowRun = ({ server, repository, id, attempt }: WorkflowRun): boolean =>
  isServer(server) && isRepository(repository) && COUNT.test(id) && COUNT.test(attempt);

/** Nothing but scheme, host and port, spelled in the one usual way. */
function isServer(server: string): boolean {
  if (!URL.canParse(server)) return false;
  const { protocol, origin } = new URL(server);
  return (protocol === 'https:' || protocol === 'http:') && origin === server;
}
