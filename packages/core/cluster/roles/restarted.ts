import { InputError, type Problem } from '../../errors.ts';
import { found } from '../../quote.ts';
import { RESOURCES, type Resource, type Restarted } from './wanted.ts';

/** As `restart` of a deployment takes them. */
const KINDS: Readonly<Record<Resource, RegExp>> = {
  deployments: /^(deploy|deployments?)$/i,
  statefulsets: /^(sts|statefulsets?)$/i,
  daemonsets: /^(ds|daemonsets?)$/i,
};

const NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Where only a name is given, each kind may have one of that name. */
function resourcesIn(kind: string | undefined): readonly Resource[] {
  return kind === undefined ? RESOURCES : RESOURCES.filter((one) => KINDS[one].test(kind));
}

/** Whom the input `restart` means; whoever reads the ConfigMap where it names nobody. */
export function restartedIn(restart: readonly string[]): Restarted {
  if (restart.length === 0) return 'readers';
  if (restart.length === 1 && restart[0] === 'none') return 'nobody';
  const problems: Problem[] = [];
  const named = restart.map((wanted) => {
    const cut = wanted.lastIndexOf('/');
    const name = wanted.slice(cut + 1);
    const resources = resourcesIn(cut === -1 ? undefined : wanted.slice(0, cut));
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
