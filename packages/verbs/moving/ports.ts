import type { Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import type { OpenCluster } from '@passmuster/core/cluster/cluster.ts';
import type { Files } from '@passmuster/core/files.ts';
import type { Forge } from '@passmuster/core/forge.ts';
import type { OpenRegistry } from '@passmuster/core/registry/open.ts';

/** What every verb needs that moves a version or tells what was moved. */
export interface MovingPorts {
  /** Absent for verbs that move nothing in a cluster. */
  readonly openCluster?: OpenCluster;
  readonly files: Files;
  /** Absent without a token; needed inside a job. */
  readonly forge: Forge | undefined;
  readonly openRegistry: OpenRegistry;
  /** Milliseconds after which a ticket whose holder is silent may be claimed. */
  readonly lease: number;
}

export type Ports = MovingPorts & Surroundings;
