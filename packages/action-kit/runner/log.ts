import * as core from '@actions/core';
import { visibleLines } from '@passmuster/core/visible.ts';
import { harmless } from '@passmuster/report/harmless.ts';
import type { Log } from '../run/log.ts';

/** No line of ours starts with a colon or a bracket, whatever the text begins with. */
const MARGIN = '│ ';

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
