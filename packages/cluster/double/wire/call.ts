import type { Resource } from '../resources.ts';
import type { Store } from '../store/store.ts';
import type { Address } from './address.ts';

/** One request for a resource that the server has and that the user may ask for. */
export interface Call {
  readonly store: Store;
  readonly resource: Resource;
  readonly address: Address;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly type: string;
  readonly agent: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** For what is no JSON. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (body: unknown, warnings: readonly string[] = []): Answer => ({
  status: 200,
  body,
  ...(warnings.length > 0 && { headers: warningHeader(warnings) }),
});

export const warningHeader = (warnings: readonly string[]): Record<string, string> => ({
  warning: warnings.map((text) => `299 - ${JSON.stringify(text)}`).join(', '),
});
