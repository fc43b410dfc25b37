/** All that came back. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  /** Names in small letters; of one that stands twice, the first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** No answer, or not all of it. */
export interface Break {
  readonly kind: 'break';
  /** Whether the server may have seen some of the request. */
  readonly sent: boolean;
  /** As Node and undici name it, or one of ours. */
  readonly code: string;
}

export type Outcome = Answer | Break;

export const OUT_OF_TIME = 'OUT_OF_TIME';
export const TOO_LARGE = 'TOO_LARGE';
export const CUT_SHORT = 'CUT_SHORT';
export const ENCODED = 'ENCODED';

/** Of an answer that says no; MLflow's longest hold a statement of SQL. */
const MAX_ERROR_BYTES = 64 * 1024;

type RawHeaders = NodeJS.Dict<string | string[]>;

function flat(raw: RawHeaders): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(raw)) {
    headers[name.toLowerCase()] = (Array.isArray(value) ? value[0] : value) ?? '';
  }
  return headers;
}

/** A body that only the end of the connection ends is whole if it is JSON that is closed. */
function isCut({ headers, body }: Answer): boolean {
  if (headers['content-length'] !== undefined) return false;
  if (headers['transfer-encoding'] !== undefined) return false;
  if (!headers['content-type']?.includes('json')) return false;
  const end = Buffer.from(body).subarray(-64).toString('latin1').trimEnd().at(-1);
  return end !== '}' && end !== ']';
}

/** Collects an answer: `enough` says that no more need be read, a code that it cannot be taken. */
export function collecting(status: number, raw: RawHeaders, maxBytes: number) {
  const headers = flat(raw);
  const isYes = status >= 200 && status < 300;
  const most = isYes ? maxBytes : MAX_ERROR_BYTES;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  return {
    refused(): string | undefined {
      if (!isYes) return undefined;
      if ((headers['content-encoding'] ?? 'identity') !== 'identity') return ENCODED;
      return Number(headers['content-length'] ?? 0) > most ? TOO_LARGE : undefined;
    },
    add(chunk: Uint8Array): string | undefined {
      bytes += chunk.byteLength;
      chunks.push(Uint8Array.from(chunk));
      if (bytes <= most) return undefined;
      return isYes ? TOO_LARGE : 'enough';
    },
    outcome(): Outcome {
      const body = Buffer.concat(chunks).subarray(0, most);
      const answer: Answer = { kind: 'answer', status, headers, body };
      return isCut(answer) ? { kind: 'break', sent: true, code: CUT_SHORT } : answer;
    },
  };
}
