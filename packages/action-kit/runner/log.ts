import * as core from '@actions/core';
import { visibleLines } from '@passmuster/core/visible.ts';
import type { Log } from '../run/log.ts';

/**
 * The runner reads commands out of what a step prints: `::name::` at the start of a line (after any white
 * space, and a bare carriage return starts a line), `##[name]` anywhere. Its comparison may pass over
 * characters that weigh nothing, so those are shown as code points first.
 */
const COMMAND_ANYWHERE = /(#\P{ASCII}*#\P{ASCII}*)\[/gu;

/** No line of ours starts with a colon or a bracket, whatever the text begins with. */
const MARGIN = '│ ';

export const harmless = (line: string): string =>
  line.includes('#') ? line.replace(COMMAND_ANYWHERE, '$1\\[') : line;

/** Lines as they may be printed in a job, whatever they hold. */
export const logLines = (text: string): string[] =>
  visibleLines(text).map((line) => MARGIN + harmless(line));

/** The only way to the log of a job. */
export const jobLog: Log = {
  print(text) {
    for (const line of logLines(text)) core.info(line);
  },
  debug(text) {
    for (const line of logLines(text)) core.debug(line);
  },
  open(group) {
    core.startGroup(harmless(visibleLines(group).join(' ')));
  },
  close() {
    core.endGroup();
  },
};
