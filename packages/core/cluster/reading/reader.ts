import type { Workload } from '../workload.ts';

/** One place at which a workload takes a key of a ConfigMap. */
export interface Use {
  readonly key: string;
  readonly container: string;
  /** `args` is the command as well. */
  readonly by: 'env' | 'envFrom' | 'args' | 'volume';
  /** The variable, or the volume. */
  readonly name: string;
  /** Whether the container gets it; else it depends on what its spec does not say here. */
  readonly isCertain: boolean;
  /** Whether its pods start without the key. */
  readonly isOptional: boolean;
}

export interface Reader {
  readonly workload: Workload;
  /** Those that were asked for and that it reads, in the order of the question. */
  readonly keys: readonly string[];
  readonly uses: readonly Use[];
}

/** Which keys of which ConfigMap are meant; a ConfigMap is known by its name, inside one namespace. */
export interface Asked {
  readonly configMap: string;
  readonly keys: readonly string[];
}
