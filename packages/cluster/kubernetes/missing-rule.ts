/** What a refusal for lack of rights says. */
export interface Refusal {
  readonly user: string;
  readonly verb: string;
  /** With a subresource after a slash, if it is one. */
  readonly resource: string;
  readonly group: string;
  /** Absent where the whole cluster is meant. */
  readonly namespace?: string;
  /** A Role that a binding names, and that is not there. */
  readonly missingRole?: string;
}

const FORBIDDEN =
  /User "([^"]*)" cannot (\S+) resource "([^"]*)" in API group "([^"]*)" (?:in the namespace "([^"]*)"|at the cluster scope)/;
const NO_ROLE = /RBAC: (?:\w+\.rbac\.authorization\.k8s\.io|\w+) "([^"]+)" not found/;

export function refusalIn(message: string): Refusal | undefined {
  const [, user, verb, resource, group, namespace] = FORBIDDEN.exec(message) ?? [];
  if (user === undefined || verb === undefined || resource === undefined) return undefined;
  const missingRole = NO_ROLE.exec(message)?.[1];
  return {
    user,
    verb,
    resource,
    group: group ?? '',
    ...(namespace !== undefined && { namespace }),
    ...(missingRole !== undefined && { missingRole }),
  };
}

export interface Rule {
  readonly group: string;
  readonly resources: readonly string[];
  readonly names?: readonly string[];
  readonly verbs: readonly string[];
}

const list = (items: readonly string[]): string =>
  `[${items.map((item) => (/^[a-z][a-z0-9/.-]*$/.test(item) ? item : JSON.stringify(item))).join(', ')}]`;

/** A rule as it stands in a Role, in one line of YAML. */
export const ruleText = ({ group, resources, names, verbs }: Rule): string => {
  const only = names ? `, resourceNames: ${list(names)}` : '';
  return `- {apiGroups: ${list([group])}, resources: ${list(resources)}${only}, verbs: ${list(verbs)}}`;
};

/** The rule that is missing. */
export const missingRule = ({ group, resource, verb }: Refusal): string =>
  ruleText({ group, resources: [resource], verbs: [verb] });
