import { InputError, type Problem } from '../../errors.ts';
import { found } from '../../quote.ts';
import { namedWorkload } from '../named-workload.ts';
import type { WorkloadKind } from '../workload.ts';
import type { Resource, Restarted } from './wanted.ts';

const RESOURCE: Readonly<Record<WorkloadKind, Resource>> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
};

const NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Whom the input `restart` means; whoever reads the ConfigMap where it names nobody. */
export function restartedIn(restart: readonly string[]): Restarted {
  if (restart.length === 0) return 'readers';
  if (restart.length === 1 && restart[0] === 'none') return 'nobody';
  const problems: Problem[] = [];
  const named = restart.map((wanted) => {
    const { kinds, name } = namedWorkload(wanted);
    const resources = kinds.map((kind) => RESOURCE[kind]);
    if (resources.length === 0 || !NAME.test(name)) {
      problems.push({
        message: `\`restart\` names ${found(wanted)}, which is no workload.`,
        hint: 'Write it as `deployment/api`, `statefulset/api` or `daemonset/api`; or `none`.',
      });
    }
    return { resources, name };
  });
  if (problems.length > 0) throw new InputError(problems);
  return named;
}
