import { isDeepStrictEqual } from 'node:util';
import { type Draft, type Item, isFields, type Texts } from '../objects.ts';

const COUNT = 'deprecated.daemonset.template.generation';

const templateOf = (object: Draft | Item | undefined): unknown => {
  const spec = object?.['spec'];
  return isFields(spec) ? spec['template'] : undefined;
};

/** The templates of a DaemonSet are counted too, in an annotation that no one else can set. */
export function withTemplateCount(draft: Draft, before?: Item): Draft {
  if (draft.kind !== 'DaemonSet') return draft;
  const was = Number(before?.metadata.annotations?.[COUNT] ?? 0);
  const same = isDeepStrictEqual(templateOf(before), templateOf(draft));
  const annotations: Texts = {
    ...draft.metadata.annotations,
    [COUNT]: String(same ? was : was + 1),
  };
  return { ...draft, metadata: { ...draft.metadata, annotations } };
}
