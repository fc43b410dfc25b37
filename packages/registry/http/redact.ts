import { quotable } from '@passmuster/core/quote.ts';

const STARS = '***';
/** Shorter ones cannot be cut out without spoiling every text. */
const SHORTEST = 4;
const LONGEST_READ = 2_048;
const LONGEST_SHOWN = 240;

/** Base64 of a text that stands somewhere inside another: three alignments, without what the neighbours decide. */
function base64Forms(secret: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), secret]).toString('base64');
    const start = Math.ceil((offset * 8) / 6);
    const end = Math.floor(((offset + secret.length) * 8) / 6);
    const inner = whole.slice(start, end);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const escaped = JSON.stringify(secret).slice(1, -1);
  const encoded = encodeURIComponent(secret.toWellFormed());
  return [
    secret,
    escaped,
    encoded,
    encoded.replaceAll('%20', '+'),
    encoded.replace(/%../g, (code) => code.toLowerCase()),
    hex,
    hex.toUpperCase(),
    ...base64Forms(bytes),
  ];
}

/** A text of the server's without secrets, also where it sends back what it was sent. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  if (secrets.some((secret) => secret.length < SHORTEST)) return '';
  const forms = secrets.flatMap(formsOf).filter((form) => form.length >= SHORTEST);
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, form) => rest.replaceAll(form, STARS), text);
}

/** Statements with their values, as SQLAlchemy adds them to its errors. */
const SQL = /\s*(?:\[SQL:|\[parameters:|\(Background on this error at:)[\s\S]*$/;
const FILES =
  /(?<![\w:/.-])(?:file:\/\/|~)?\/(?!(?:ajax-)?api\/)(?:[\w.@+~-]+\/)+[\w.@+~-]*|\b[A-Za-z]:\\[^\s'"]+/g;

/** What a server says, fit for a message: short, in one line, without secrets, its own paths and SQL. */
export function serverWords(text: string, secrets: readonly string[]): string {
  const start = withoutSecrets(text, secrets).slice(0, LONGEST_READ);
  const plain = start.replace(SQL, '').replace(FILES, '…');
  return quotable(plain.trim().replace(/\s+/g, ' '), LONGEST_SHOWN);
}
