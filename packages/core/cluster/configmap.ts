import type { Named } from './cluster.ts';

/** Who has written to an object, by the server's own account. */
export interface Manager {
  readonly name: string;
  /** `Apply` owns what it wrote; `Update` is any other write. */
  readonly operation: 'Apply' | 'Update';
  /** Milliseconds since 1970; absent where the server does not say. */
  readonly at?: number;
  /** The keys of `data` that it has written last, or shares. */
  readonly keys: readonly string[];
}

export interface ConfigMap extends Named {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly data: ReadonlyMap<string, string>;
  /** Keys that hold bytes, and so cannot hold text. */
  readonly binaryKeys: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  readonly isImmutable: boolean;
  readonly managers: readonly Manager[];
}

/** What is to be written; nothing takes a key away. */
export interface ConfigMapChange {
  readonly data: ReadonlyMap<string, string | undefined>;
  readonly annotations: ReadonlyMap<string, string | undefined>;
}
