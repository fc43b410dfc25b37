import { USUAL_KEYS } from '../cluster/serving.ts';
import { quotable } from '../quote.ts';
import { nearest } from '../suggest.ts';
import type { Problems } from '../yaml/problems.ts';
import type { Tree } from '../yaml/tree.ts';

interface Written {
  readonly text: string;
  readonly at: number;
}

/** What says which version is live in one environment, and so cannot say it for two. */
const OWN = ['alias', 'stage', 'configmap'] as const;

/** What of an environment speaks of other environments, as far as it can be read. */
interface Environment {
  readonly after: Written | undefined;
  readonly own: ReadonlyMap<(typeof OWN)[number], Written | undefined>;
}

type Environments = ReadonlyMap<string, Environment>;

const quoted = (name: string) => `\`${quotable(name)}\``;

/** A ConfigMap may be given by its name alone, or by that among other things. */
const configMapIn = (tree: Tree | undefined): Tree | undefined =>
  tree?.children.get('name')?.tree ?? tree;

function written(tree: Tree | undefined): Written | undefined {
  return typeof tree?.value === 'string' ? { text: tree.value, at: tree.at } : undefined;
}

function environmentsIn(document: Tree): Environments {
  const found = new Map<string, Environment>();
  for (const [name, { key, tree }] of document.children.get('environments')?.tree.children ?? []) {
    const at = (part: string) => written(tree.children.get(part)?.tree);
    const byName = tree.children.has('alias') ? undefined : { text: String(name), at: key };
    found.set(String(name), {
      after: at('after'),
      own: new Map([
        ['alias', byName ?? at('alias')],
        ['stage', at('stage')],
        ['configmap', written(configMapIn(tree.children.get('configmap')?.tree))],
      ]),
    });
  }
  return found;
}

function refuseShared(
  part: (typeof OWN)[number],
  environments: Environments,
  problems: Problems,
): void {
  const owners = new Map<string, { name: string; value: Written }>();
  for (const [name, { own }] of environments) {
    const value = own.get(part);
    if (value === undefined) continue;
    // Some of the databases under a registry do not tell case apart.
    const folded = value.text.toLowerCase();
    const owner = owners.get(folded);
    if (owner === undefined) owners.set(folded, { name, value });
    else {
      problems.add(value.at, () => {
        const { line, column } = problems.source.place(owner.value.at);
        const first = `${quoted(owner.name)} has ${quoted(owner.value.text)} (line ${line}, column ${column})`;
        return {
          message: `${quoted(name)} has the ${part} ${quoted(value.text)}, but ${first}.`,
          hint:
            part === 'stage'
              ? 'A stage holds one live version; leave it out of one of the two.'
              : `Give each environment ${part === 'alias' ? 'an' : 'a'} \`${part}\` of its own.`,
        };
      });
    }
  }
}

/** As many names as a suggestion is looked for in; a hostile file has tens of thousands. */
const MOST_SUGGESTED = 200;

function refuseUnknown(name: string, after: Written, { all, problems }: Chain): void {
  problems.add(after.at, () => {
    const others = [...all.keys()].slice(0, MOST_SUGGESTED).filter((other) => other !== name);
    const meant = nearest(after.text, others);
    return {
      message: `${quoted(name)} comes after ${quoted(after.text)}, which is no environment in this file.`,
      hint: meant && `Did you mean ${quoted(meant)}?`,
    };
  });
}

interface Chain {
  readonly all: Environments;
  readonly problems: Problems;
  /** Environments whose way to the first one was followed before. */
  readonly followed: Set<string>;
}

const LONGEST_SHOWN = 8;

function refuseCircle(way: readonly string[], after: Written, { problems }: Chain): void {
  problems.add(after.at, () => {
    const circle = way.slice(way.indexOf(after.text));
    const shown = circle.slice(0, LONGEST_SHOWN).map(quoted);
    if (circle.length > LONGEST_SHOWN) shown.push('…');
    return {
      message:
        circle.length === 1
          ? `${shown.join()} comes after itself.`
          : `These environments come after each other in a circle: ${shown.join(', ')}.`,
      hint: 'Take `after` from the one that comes first.',
    };
  });
}

/** Goes back from one environment to the one that comes first. */
function follow(start: string, chain: Chain): void {
  const way = new Set<string>();
  for (let name: string | undefined = start; name !== undefined && !chain.followed.has(name); ) {
    chain.followed.add(name);
    way.add(name);
    name = before(name, way, chain);
  }
}

/** The environment that comes before; nothing when there is none, or none that is sound. */
function before(name: string, way: ReadonlySet<string>, chain: Chain): string | undefined {
  const after = chain.all.get(name)?.after;
  if (after === undefined) return undefined;
  if (!chain.all.has(after.text)) refuseUnknown(name, after, chain);
  else if (way.has(after.text)) refuseCircle([...way], after, chain);
  else return after.text;
  return undefined;
}

/** One key cannot say two things. */
function refuseSharedKeys(document: Tree, problems: Problems): void {
  for (const [name, { tree }] of document.children.get('environments')?.tree.children ?? []) {
    const keys = tree.children.get('configmap')?.tree.children.get('keys')?.tree.children;
    const names = new Map<string, string>(Object.values(USUAL_KEYS).map((one) => [one, one]));
    for (const [usual, { tree: given }] of keys ?? []) {
      if (typeof given.value === 'string') names.set(String(usual), given.value);
    }
    for (const [usual, { tree: given }] of keys ?? []) {
      const other = [...names].find(([one, key]) => one !== usual && key === given.value);
      if (other === undefined) continue;
      problems.add(given.at, () => ({
        message: `${quoted(String(name))} has one key of its ConfigMap, ${quoted(String(given.value))}, for both ${quoted(String(usual))} and ${quoted(other[0])}.`,
        hint: 'Give each of them a key of its own.',
      }));
      break;
    }
  }
}

/** Refuses environments that cannot all be as they say. */
export function refuseDisagreements(document: Tree, problems: Problems): void {
  const all = environmentsIn(document);
  for (const part of OWN) refuseShared(part, all, problems);
  refuseSharedKeys(document, problems);
  const chain = { all, problems, followed: new Set<string>() };
  for (const name of all.keys()) follow(name, chain);
}
