import type { Page } from '@passmuster/core/page.ts';
import { terminalLines } from '@passmuster/report/terminal.ts';

const NARROW = 40;
const WIDE = 140;
const UNKNOWN = 100;

/** Where a command prints: results to one stream, what goes on to the other. */
export interface Terminal {
  readonly width: number;
  /** Whether somebody watches the second stream. */
  readonly watched: boolean;
  print(text: string): void;
  show(page: Page): void;
  /** What ended the run early goes where results do not. */
  showError(page: Page): void;
  note(text: string): void;
  /** Raw text for a line that is drawn over. */
  draw(text: string): void;
  /** From now on these never appear. */
  hide(secrets: readonly string[]): void;
  variable(name: string): string | undefined;
}

export function terminal({ stdout, stderr, env }: NodeJS.Process): Terminal {
  const secrets: string[] = [];
  const width = Math.min(WIDE, Math.max(NARROW, stdout.columns || UNKNOWN));
  const plain = Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb';
  const redacted = (text: string) =>
    secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
  // A reader that has seen enough (`| head`) is no error.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const write = (stream: NodeJS.WriteStream, page: Page) => {
    const lines = terminalLines(page, { colour: stream.isTTY === true && !plain, width });
    stream.write(`${redacted(lines.join('\n'))}\n`);
  };
  return {
    width,
    watched: stderr.isTTY === true,
    print: (text) => void stdout.write(`${redacted(text)}\n`),
    show: (page) => write(stdout, page),
    showError: (page) => write(stderr, page),
    note: (text) => void stderr.write(`${redacted(text)}\n`),
    draw: (text) => void stderr.write(redacted(text)),
    hide: (more) => void secrets.push(...more.filter((secret) => secret.length >= 4)),
    variable: (name) => env[name],
  };
}
