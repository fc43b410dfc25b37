/** What goes wrong between a client and a server with one request. */
export type Fault =
  | { readonly kind: 'none' }
  /** The connection is cut: before the server sees the request, or after it has done it. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
  /** The reply ends after so many bytes of its body, by a cut connection. */
  | { readonly kind: 'truncated'; readonly keep: number }
  /** Somebody in between answers; the server does it all the same, where so said. */
  | { readonly kind: 'instead'; readonly answer: Answer; readonly done: boolean }
  /** The reply's body comes byte by byte, so many milliseconds apart. */
  | { readonly kind: 'slow'; readonly pause: number }
  /** The request reaches the server so many milliseconds later. */
  | { readonly kind: 'delayed'; readonly by: number }
  /** The server gets the request twice, one after the other; the first reply goes back. */
  | { readonly kind: 'twice' }
  /** The connection is cut; the server gets the request when the test says so. */
  | { readonly kind: 'late' };

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export const none: Fault = { kind: 'none' };
export const lost: Fault = { kind: 'cut', when: 'after' };
export const cut: Fault = { kind: 'cut', when: 'before' };
export const late: Fault = { kind: 'late' };
export const twice: Fault = { kind: 'twice' };

export const instead = (answer: Answer): Fault => ({ kind: 'instead', answer, done: false });
/** As a gateway that gave up waiting for a server that did not. */
export const doneBut = (answer: Answer): Fault => ({ kind: 'instead', answer, done: true });
export const truncated = (keep: number): Fault => ({ kind: 'truncated', keep });
export const slow = (pause: number): Fault => ({ kind: 'slow', pause });
export const delayed = (by: number): Fault => ({ kind: 'delayed', by });

/** A page of a proxy that knows nothing of JSON. */
export const page = (status: number, title: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`,
});
