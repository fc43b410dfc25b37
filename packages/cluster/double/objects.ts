/** What the server keeps: every write puts a new one in the place of the old, none is changed. */
export type Fields = Readonly<Record<string, unknown>>;

export type Texts = Readonly<Record<string, string>>;

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

export interface ManagedFields {
  readonly manager: string;
  readonly operation: 'Update' | 'Apply';
  readonly apiVersion: string;
  readonly time: string;
  readonly fieldsType: 'FieldsV1';
  readonly fieldsV1: Fields;
  readonly subresource?: string;
}

export interface Metadata {
  readonly name: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation?: number;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: Texts;
  readonly annotations?: Texts;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly ManagedFields[];
}

export interface Item {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

/** What a writer hands in: the server fills in the rest. */
export interface Draft {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Partial<Metadata>;
  readonly [field: string]: unknown;
}

/** What a test lays down: its kind says which version it is of. */
export interface Seed {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly metadata: Partial<Metadata>;
  readonly [field: string]: unknown;
}

export interface ConfigMap extends Item {
  readonly data?: Texts;
  readonly binaryData?: Texts;
  readonly immutable?: boolean;
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy as JSON would carry it: without what is undefined. */
export const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

export const ownedBy = (item: Item, owner: Item): boolean =>
  item.metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) ?? false;

export function controlledBy(owner: Item): OwnerReference {
  const { apiVersion, kind, metadata } = owner;
  const { name, uid } = metadata;
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}
