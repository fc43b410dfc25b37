import { controlledBy, copy, type Item } from '../objects.ts';
import { REVISIONS } from '../resources.ts';
import { created } from '../store/writes.ts';
import type { Template } from '../workloads.ts';
import { type Desk, MANAGER } from './desk.ts';
import { templateHash } from './pods.ts';

export const REVISION_LABEL = 'controller-revision-hash';

interface Revision extends Item {
  readonly data: { readonly spec: { readonly template: Template & { readonly $patch?: string } } };
  readonly revision: number;
}

/** The name of the revision of a template, which is kept under it. */
export function revisionOf({ store }: Desk, owner: Item, template: Template): string {
  const hash = templateHash(template);
  const hashLabel = owner.kind === 'StatefulSet' ? 'controller.kubernetes.io/hash' : REVISION_LABEL;
  const { name, namespace = '' } = owner.metadata;
  const revisionName = `${name}-${hash}`;
  const kept = store.get(REVISIONS, namespace, revisionName) as Revision | undefined;
  const others = (store.list(REVISIONS, namespace) as Revision[]).filter(
    (one) => one.metadata.ownerReferences?.[0]?.uid === owner.metadata.uid && one !== kept,
  );
  const last = Math.max(0, ...others.map(({ revision }) => revision));
  if (kept) {
    // A template that comes back is the newest again.
    if (kept.revision < last) store.keep(REVISIONS, { ...kept, revision: last + 1 }, kept);
    return revisionName;
  }
  created(
    store,
    REVISIONS,
    {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: revisionName,
        namespace,
        labels: { ...template.metadata?.labels, [hashLabel]: hash },
        ownerReferences: [controlledBy(owner)],
      },
      data: { spec: { template: { $patch: 'replace', ...copy(template) } } },
      revision: last + 1,
    },
    { manager: MANAGER },
  );
  return revisionName;
}

export function templateOf({ store }: Desk, owner: Item, revision: string): Template | undefined {
  const kept = store.get(REVISIONS, owner.metadata.namespace ?? '', revision);
  if (!kept) return undefined;
  const { $patch: _, ...template } = (kept as Revision).data.spec.template;
  return template;
}
