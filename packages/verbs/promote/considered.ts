import type { Approvals } from '@passmuster/core/approvals/approvals.ts';
import type { Standing } from '@passmuster/core/environments/standing.ts';
import type { Plan } from '@passmuster/core/promotions/identity.ts';
import type { From, Override, Party, Traffic } from '@passmuster/core/promotions/record.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import type { Answered } from '../moving/answer-for.ts';
import type { Seen, SeenThere } from '../moving/look.ts';
import type { SeenTraffic } from '../traffic/look.ts';
import type { Grounds } from './grounds.ts';
import type { Obstacle } from './obstacles.ts';

/** All that was found out about a promotion, and what follows from it. */
export interface Considered {
  readonly seen: Seen;
  readonly there: SeenThere;
  readonly version: ModelVersion;
  readonly to: Party;
  readonly from: From | undefined;
  readonly standing: Standing;
  /** A run before us had begun the very same, and this one has ended it. */
  readonly finished?: Answered;
  /** Absent where nothing had to be judged: it is there already. */
  readonly grounds?: Grounds;
  readonly plan?: Plan;
  /** What serves once it is carried out, where the cluster takes part. */
  readonly traffic?: Traffic;
  readonly inCluster?: SeenTraffic | undefined;
  /** Absent where nothing was planned. */
  readonly approvals?: Approvals;
  readonly override?: Override;
  readonly obstacles: readonly Obstacle[];
  readonly remarks: readonly string[];
  readonly decision: 'unchanged' | 'refuse' | 'move';
}
