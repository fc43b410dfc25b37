import { LONGEST_GATE } from '../gates/gate.ts';
import { withoutComment } from '../gates/lines.ts';
import { quotable } from '../quote.ts';
import { nearest } from '../suggest.ts';
import type { Problems } from '../yaml/problems.ts';
import type { Tree } from '../yaml/tree.ts';
import { MOST_WAIVERS } from './limits.ts';
import { NOT_BLANK, VISIBLE } from './shapes/names.ts';

/** The levels at which a text is a gate. */
type Gates = ReadonlyMap<string, ReadonlySet<'fail' | 'warn'>>;

const quoted = (text: string) => `\`${quotable(text, 200)}\``;

/** The gates in lists of them, as far as they can be read. */
function gatesIn(lists: readonly (Tree | undefined)[]): Gates {
  const found = new Map<string, Set<'fail' | 'warn'>>();
  for (const { tree } of lists.flatMap((list) => [...(list?.children.values() ?? [])])) {
    const warning = tree.children.get('warn')?.tree;
    const { value } = warning ?? tree;
    if (typeof value !== 'string') continue;
    const text = withoutComment(value);
    const levels = found.get(text) ?? new Set();
    found.set(text, levels.add(warning === undefined ? 'fail' : 'warn'));
  }
  return found;
}

/** As many gates as a suggestion is looked for in; a hostile file has tens of thousands. */
const MOST_SUGGESTED = 200;

interface Known {
  readonly ofEnvironment: Gates;
  readonly ofModels: Gates;
}

function refuseUnknown(text: string, at: number, known: Known, problems: Problems): void {
  const { ofEnvironment, ofModels } = known;
  const levels = [ofEnvironment, ofModels].flatMap((gates) => [...(gates.get(text) ?? [])]);
  if (levels.includes('fail')) return;
  problems.add(at, () => {
    if (levels.includes('warn')) {
      const message = `${quoted(text)} only warns, so that there is nothing to waive.`;
      return { message, hint: 'Take the waiver out.' };
    }
    const all = [...ofEnvironment.keys(), ...ofModels.keys()].slice(0, MOST_SUGGESTED);
    const meant = nearest(text, all);
    return {
      message: `${quoted(text)} is no gate of this environment, nor of a model in this file.`,
      hint: meant
        ? `Did you mean ${quoted(meant)}?`
        : 'A waiver names a gate as it is written; take it out where the gate is no more.',
    };
  });
}

/** Of another something was said already. */
const isLine = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= LONGEST_GATE &&
  [VISIBLE, NOT_BLANK].every(({ regex }) => regex.test(value));

function refuseIn(waivers: Tree, known: Known, problems: Problems): void {
  const first = new Map<string, number>();
  for (const { tree } of waivers.children.values()) {
    const gate = tree.children.get('gate')?.tree;
    if (gate === undefined || !isLine(gate.value)) continue;
    const { at } = gate;
    const text = withoutComment(gate.value);
    const before = first.get(text);
    if (before === undefined) {
      first.set(text, at);
      refuseUnknown(text, at, known, problems);
      continue;
    }
    problems.add(at, () => {
      const { line, column } = problems.source.place(before);
      const message = `${quoted(text)} is waived twice; the first is in line ${line}, column ${column}.`;
      return { message, hint: 'Keep one of the two.' };
    });
  }
}

/** Refuses waivers that would let nothing be, and more than one of a gate. */
export function refuseIdleWaivers(document: Tree, problems: Problems): void {
  const below = (key: string) => [...(document.children.get(key)?.tree.children.values() ?? [])];
  const gatesOf = (trees: readonly { readonly tree: Tree }[]) =>
    gatesIn(trees.map(({ tree }) => tree.children.get('gates')?.tree));
  const ofModels = gatesOf(below('models'));
  for (const environment of below('environments')) {
    const waivers = environment.tree.children.get('waivers')?.tree;
    // Of a list that is too long, that is all there is to say.
    if (waivers === undefined || waivers.children.size > MOST_WAIVERS) continue;
    refuseIn(waivers, { ofEnvironment: gatesOf([environment]), ofModels }, problems);
  }
}
