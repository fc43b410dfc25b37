import { lastTraffic } from '@passmuster/core/promotions/canary.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Seen, SeenThere } from '../moving/look.ts';
import type { Place } from '../moving/place.ts';
import { identityOf } from '../moving/record-of.ts';
import { configMapOf } from '../traffic/configmap.ts';
import type { SeenTraffic } from '../traffic/look.ts';
import type { Decision } from './decide.ts';
import type { Inputs } from './inputs.ts';
import { refuse, refuseFor } from './refusal.ts';

/** With the cluster, where something says which ConfigMap tells there what serves; it is loaded only then. */
export async function inItsCluster<Result>(
  place: Place,
  inputs: Inputs,
  work: (place: Place) => Promise<Result>,
): Promise<Result> {
  const { environment, ports } = place;
  const { configmap } = inputs;
  if (environment.policy.configmap === undefined && configmap === undefined) return work(place);
  const at = configMapOf(environment, configmap);
  const { atCluster, targetAt } = await import('../traffic/open-target.ts');
  return atCluster(ports.openCluster, (cluster) =>
    work({ ...place, target: targetAt(cluster, at, inputs, ports) }),
  );
}

interface At {
  readonly place: Place;
  readonly seen: Seen;
  readonly there: SeenThere;
  readonly inCluster: SeenTraffic | undefined;
}

type Moving = Extract<Decision, { do: 'move' }>;
type Planned = { readonly place: Place; readonly decision: Decision };

/** What was served by a ConfigMap that nobody names any more would go on being served. */
function unnamed({ place, there }: At): Decision | undefined {
  const last = lastTraffic(there.history.sealed);
  if (last === undefined) return undefined;
  const { configmap } = last.move.traffic;
  return refuse(
    `what serves there is said by the ConfigMap ${quotable(configmap, 320)} (ticket ${last.ticket.number}), which neither the policy nor \`configmap\` names`,
    `Give \`configmap: ${quotable(configmap, 320)}\`, or name it in the policy under \`environments.${quotable(place.environment.name)}\`.`,
  );
}

/** The same move with what follows from it in the cluster; a canary ends with it. */
export async function withTraffic(at: At, decision: Moving, isDryRun: boolean): Promise<Planned> {
  const { place, seen, there, inCluster } = at;
  const { target, model, ledger, ports } = place;
  const { signal } = ports;
  if (target === undefined || inCluster === undefined) {
    return { place, decision: unnamed(at) ?? decision };
  }
  const { from, to } = decision;
  const { id } = identityOf(place, seen, { from, to });
  const course = await target.course({
    ...{ seen: inCluster, model, to, id, signal },
    witness: { ledger: ledger.name, last: there.history.sealed.at(-1) },
  });
  const [problem, ...more] = course.problems;
  if (problem) {
    const others = more.map(({ message }) => message).join(' ');
    return {
      place,
      decision: refuseFor({ ...problem, hint: `${problem.hint ?? ''} ${others}`.trim() }),
    };
  }
  await target.dryRun(inCluster, course.steps, signal, isDryRun);
  const { traffic } = course;
  return {
    place: { ...place, target: { ...target, seen: inCluster } },
    decision: {
      ...decision,
      traffic,
      steps: [...decision.steps, ...course.steps],
      remarks: [...decision.remarks, ...course.remarks],
    },
  };
}
