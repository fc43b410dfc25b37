import type { Address } from './address.ts';
import { forbidden, StatusError, unauthorized } from './status.ts';

/** A rule of a Role, as its manifest writes it. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** The rules by namespace; under `*` those for all namespaces and for the cluster. */
export type Rules = Readonly<Record<string, readonly PolicyRule[]>>;

export interface User {
  readonly name: string;
  readonly rules?: Rules;
}

/** What a request wants to do; a review asks it without doing it. */
export type Attempt = Omit<Address, 'version'> & { readonly version?: string };

const has = (list: readonly string[], one: string): boolean =>
  list.includes(one) || list.includes('*');

function allows(rule: PolicyRule, attempt: Attempt): boolean {
  const { plural, subresource, selected } = attempt;
  const resource = subresource === '' ? plural : `${plural}/${subresource}`;
  const name = attempt.name === '' ? selected : attempt.name;
  const named = !rule.resourceNames?.length || (name !== '' && rule.resourceNames.includes(name));
  const resources =
    has(rule.resources, resource) ||
    (subresource !== '' && rule.resources.includes(`*/${subresource}`));
  return named && resources && has(rule.apiGroups, attempt.group) && has(rule.verbs, attempt.verb);
}

export const ANONYMOUS = 'system:anonymous';

export class Users {
  readonly #known = new Map<string, User>();
  readonly #admin: string;

  constructor(admin: string, users: Readonly<Record<string, User>>) {
    this.#admin = admin;
    this.#known.set(admin, { name: 'admin' });
    for (const [token, user] of Object.entries(users)) this.#known.set(token, user);
  }

  revoke(token: string): void {
    this.#known.delete(token);
  }

  set(token: string, user: User): void {
    this.#known.set(token, user);
  }

  allow(token: string, namespace: string, rules: readonly PolicyRule[]): void {
    const user = this.#known.get(token);
    if (!user) throw new Error('The double knows no user with this token.');
    this.#known.set(token, { ...user, rules: { ...user.rules, [namespace]: rules } });
  }

  /** The token that a request brings, if it is one of somebody. */
  tokenOf(authorization: string | undefined): string | undefined {
    const [, token] = /^bearer\s+(\S+)$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) {
      if (authorization !== undefined && authorization !== '') throw unauthorized();
      return undefined;
    }
    if (!this.#known.has(token)) throw unauthorized();
    return token;
  }

  nameOf(token: string | undefined): string {
    return (token !== undefined && this.#known.get(token)?.name) || ANONYMOUS;
  }

  may(token: string | undefined, attempt: Attempt): boolean {
    if (token === undefined) return false;
    if (token === this.#admin) return true;
    const rules = this.#known.get(token)?.rules ?? {};
    const own = attempt.namespace === '' ? [] : (rules[attempt.namespace] ?? []);
    return [...own, ...(rules['*'] ?? [])].some((rule) => allows(rule, attempt));
  }

  check(token: string | undefined, attempt: Attempt): void {
    if (this.may(token, attempt)) return;
    const { verb, plural, subresource, group, namespace, name, selected } = attempt;
    const what = subresource === '' ? plural : `${plural}/${subresource}`;
    const where = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
    const why = `User "${this.nameOf(token)}" cannot ${verb} resource "${what}" in API group "${group}" ${where}`;
    throw forbidden({ plural, group }, name === '' ? selected : name, why);
  }

  /** Discovery is for everybody who is somebody. */
  checkPath(token: string | undefined, path: string): void {
    if (token !== undefined) return;
    const message = `forbidden: User "${ANONYMOUS}" cannot get path ${JSON.stringify(path)}`;
    throw new StatusError(403, 'Forbidden', message, {});
  }
}
