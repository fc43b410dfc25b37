/** What GitHub answered, success or not. */
export interface Answer {
  readonly status: number;
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The reason that GitHub gives in an answer that is no success. */
export const messageIn = (body: unknown): string =>
  typeof body === 'object' && body && 'message' in body && typeof body.message === 'string'
    ? body.message
    : '';
