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

/** Of an answer that says no: a refusal may repeat all of an object. */
const MAX_ERROR_BYTES = 64 * 1024;

type RawHeaders = NodeJS.Dict<string | string[]>;

export function flat(raw: RawHeaders): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(raw)) {
    headers[name.toLowerCase()] = (Array.isArray(value) ? value[0] : value) ?? '';
  }
  return headers;
}

export const isYes = (status: number): boolean => status >= 200 && status < 300;

/** Collects an answer: `enough` says that no more need be read, a code that it cannot be taken. */
export function collecting(status: number, raw: RawHeaders, maxBytes: number, cut: boolean) {
  const headers = flat(raw);
  const most = isYes(status) ? maxBytes : MAX_ERROR_BYTES;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  return {
    add(chunk: Uint8Array): string | undefined {
      bytes += chunk.byteLength;
      chunks.push(Uint8Array.from(chunk));
      if (bytes <= most) return undefined;
      return isYes(status) && !cut ? TOO_LARGE : 'enough';
    },
    outcome: (): Answer => {
      const body = Buffer.concat(chunks).subarray(0, most);
      return { kind: 'answer', status, headers, body };
    },
  };
}
