import { quotable } from '../../quote.ts';
import type { ConfigMap, Manager } from '../configmap.ts';
import type { Owner } from './owner.ts';
import { OTHER_HINT, TOOLS, type Tool } from './tools.ts';

/** As a write of ours is named by the server. */
export const OURS = 'passmuster';

const INSTANCE = 'app.kubernetes.io/instance';
const FLUX_APPLIES = 'kustomize.toolkit.fluxcd.io/ssa';

const shown = (text: string): string => quotable(text, 253);
const pair = (name: string, value: string): string => `\`${name}: ${shown(value)}\``;

/** The first of these names that is there, as a sentence says it. */
function mark(
  kind: string,
  names: readonly string[] = [],
  there: ReadonlyMap<string, string>,
): string | undefined {
  const name = names.find((one) => there.has(one));
  return name && `it has the ${kind} ${pair(name, there.get(name) ?? '')}`;
}

const writes = ({ name, operation, keys }: Manager): string =>
  `\`${shown(name)}\` ${operation === 'Apply' ? 'applies' : 'has written'} ` +
  (keys.length > 0 ? `its ${keys.map((key) => `\`${shown(key)}\``).join(', ')}` : 'it');

function proofOf(tool: Tool, configMap: ConfigMap): string | undefined {
  const { annotations, labels, managers } = configMap;
  const manager = managers.find(({ name }) => tool.managers.test(name));
  return (
    mark('annotation', tool.annotations, annotations) ??
    mark('label', tool.labels, labels) ??
    (manager && writes(manager))
  );
}

/** Flux was told to leave alone what is there. */
const isLeftByFlux = ({ annotations }: ConfigMap): boolean =>
  /^(IfNotPresent|Ignore)$/i.test(annotations.get(FLUX_APPLIES) ?? '');

/** Whether the server says that the tool has written to the object, and to none of these keys. */
function leaves(managers: readonly Manager[], keys: readonly string[]): boolean {
  return (
    managers.length > 0 &&
    !managers.some((manager) => manager.keys.some((key) => keys.includes(key)))
  );
}

/** Others that apply it on the server, and so own what they apply: a pipeline, or a person with `kubectl`. */
const appliers = ({ managers }: ConfigMap): Manager[] =>
  managers.filter(
    ({ name, operation, keys }) =>
      operation === 'Apply' &&
      keys.length > 0 &&
      name !== OURS &&
      !TOOLS.some((tool) => tool.managers.test(name)),
  );

/**
 * The tools that will put back what is written to a ConfigMap, by what is on it. With `keys`, without those that
 * by the server's account have written other keys only. Once we have taken a key away from a tool, that
 * account no longer names the tool for it, until the tool has written it again.
 */
export function ownersOf(configMap: ConfigMap, keys?: readonly string[]): Owner[] {
  const known = TOOLS.flatMap((tool) => {
    const proof = proofOf(tool, configMap);
    const own = configMap.managers.filter(({ name }) => tool.managers.test(name));
    if (proof === undefined || (keys && leaves(own, keys))) return [];
    if (tool.tool === 'Flux' && isLeftByFlux(configMap)) return [];
    return [{ tool: tool.tool, says: `${tool.tool} keeps it: ${proof}.`, hint: tool.hint }];
  });
  // A Helm release that Flux makes has Helm's marks as well; what helps is told of Flux.
  const byFlux = [...configMap.labels.keys()].some((name) => name.startsWith('helm.toolkit.'));
  const owners = byFlux ? known.filter(({ tool }) => tool !== 'Helm') : known;
  const others = appliers(configMap)
    .filter((manager) => !keys || !leaves([manager], keys))
    .map((manager) => ({
      tool: shown(manager.name),
      says: `Somebody applies it on the server: ${writes(manager)}.`,
      hint: OTHER_HINT,
    }));
  return [...owners, ...others];
}

/**
 * Who may own it though nothing proves it: Argo CD marks what is its own with a label that many others set too.
 */
export function suspectedOwnerOf(configMap: ConfigMap): Owner | undefined {
  const instance = configMap.labels.get(INSTANCE);
  if (instance === undefined || ownersOf(configMap).length > 0) return undefined;
  const [argo] = TOOLS;
  const says = `It has the label ${pair(INSTANCE, instance)}, which Argo CD may have set, or a chart.`;
  return argo && { tool: argo.tool, says, hint: `If Argo CD keeps it: ${argo.hint}` };
}
