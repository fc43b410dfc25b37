/**
 * A runner reads commands out of what a step prints: `::name::` at the start of a line (after any white
 * space), `##[name]` anywhere. Its comparison may pass over characters that weigh nothing, so a line must
 * have been made visible before.
 */
const ANYWHERE = /(#\P{ASCII}*#\P{ASCII}*)\[/gu;
const AT_START = /^(\s*)(?=:\P{ASCII}*:)/u;

/** The line, such that no runner takes it or a part of it for a command. */
export const harmless = (line: string): string =>
  (line.includes('#') ? line.replace(ANYWHERE, '$1\\[') : line).replace(AT_START, '$1\\');
