import type { ModelVersion } from '../registry/entities.ts';
import { isOfRegistry, type Marks, type Write, writeOf } from './marks.ts';
import { type Step, standsOf } from './step.ts';
import { valuesAt } from './values-at.ts';

/** All that one call changes, it changes at one time. */
const moved =
  ({ number, stage, archiveOthers }: Extract<Write, { do: 'stage' }>, updated: number) =>
  (version: ModelVersion): ModelVersion => {
    if (version.number === number) return { ...version, stage, updated };
    const isOther = archiveOthers && version.stage === stage;
    return isOther ? { ...version, stage: 'Archived', updated } : version;
  };

/** What a registry would say after a call. */
function after(write: Write, { aliases, versions }: Marks): Marks {
  if (write.do === 'stage') {
    const updated = Math.max(...versions.map((version) => version.updated)) + 1;
    return { aliases, versions: versions.map(moved(write, updated)) };
  }
  const others = [...aliases].filter(([alias]) => alias !== write.alias);
  const now: (readonly [string, string])[] =
    write.do === 'alias' ? [[write.alias, write.number]] : [];
  return { aliases: new Map([...others, ...now]), versions };
}

/**
 * What a registry would say if none of these steps had been begun, so that a state in the middle of a move can
 * be told from one that somebody else has made. Nothing where somebody else's value stands at one of them.
 */
export function undone(steps: readonly Step[], marks: Marks): Marks | undefined {
  const ours = steps.filter(isOfRegistry);
  const standsIn = (now: Marks) => standsOf(ours, valuesAt(ours, now));
  if (standsIn(marks).includes('foreign')) return undefined;
  let before = marks;
  for (const [at, step] of [...ours.entries()].reverse()) {
    if (standsIn(before)[at] === 'after') before = after(writeOf(step, 'back'), before);
  }
  return before;
}
