import type { Page } from '@passmuster/core/page.ts';
import { visibleLines } from '@passmuster/core/visible.ts';
import { harmless } from '@passmuster/report/harmless.ts';
import { terminalLines } from '@passmuster/report/terminal.ts';

const NARROWEST = 20;
const WIDEST = 140;
const UNKNOWN = 100;

const UNWRITABLE = 4;

/** Where a command prints: results to one stream, what goes on to the other. */
export interface Terminal {
  readonly width: number;
  /** Whether somebody watches the second stream. */
  readonly watched: boolean;
  readonly variables: Readonly<Record<string, string | undefined>>;
  print(text: string): void;
  printJson(value: unknown): void;
  show(page: Page): void;
  /** What ended the run early goes where results do not. */
  showError(page: Page): void;
  note(text: string): void;
  /** A line that is drawn over the one before, cut to the width; an empty one takes it away. */
  draw(line: (width: number) => string): void;
  /** From now on these never appear either. */
  hide(secrets: readonly string[]): void;
}

const widthOf = ({ columns }: NodeJS.WriteStream): number =>
  Math.min(WIDEST, Math.max(NARROWEST, columns || UNKNOWN));

/** JSON that no terminal and no runner obeys: what is not ASCII stands as its code, and so does `##[`. */
const escaped = (json: string): string =>
  json
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('##[', '##\\u005b');

export function terminal({ stdout, stderr, env }: NodeJS.Process): Terminal {
  let secrets: readonly string[] = [];
  const plain = Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb';
  const redacted = (text: string) =>
    secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that has seen enough (`| head`) is no error.
      if (error.code !== 'EPIPE') process.exitCode = UNWRITABLE;
    });
  }
  const write = (stream: NodeJS.WriteStream, page: Page) => {
    const colour = stream.isTTY === true && !plain;
    const lines = terminalLines(page, { colour, width: widthOf(stream) });
    stream.write(`${redacted(lines.map(harmless).join('\n'))}\n`);
  };
  return {
    width: widthOf(stdout),
    watched: stderr.isTTY === true,
    variables: env,
    print: (text) => void stdout.write(`${redacted(text)}\n`),
    printJson: (value) =>
      void stdout.write(`${redacted(escaped(JSON.stringify(value, undefined, 2)))}\n`),
    show: (page) => write(stdout, page),
    showError: (page) => write(stderr, page),
    note: (text) => void stderr.write(`${redacted(visibleLines(text).map(harmless).join('\n'))}\n`),
    draw: (line) => void stderr.write(`\r\u001b[2K${redacted(line(widthOf(stderr) - 1))}`),
    hide: (more) => {
      // The longest first: one may hold another.
      secrets = [...new Set([...secrets, ...more])].sort((a, b) => b.length - a.length);
    },
  };
}
