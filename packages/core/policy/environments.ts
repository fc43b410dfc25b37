import { quotable } from '../shape/visible.ts';
import { nearest } from '../suggest.ts';
import type { Problems } from './problems.ts';
import type { Tree } from './yaml/tree.ts';

interface Written {
  readonly text: string;
  readonly at: number;
}

/** What of an environment speaks of other environments, as far as it can be read. */
interface Environment {
  readonly after: Written | undefined;
  readonly alias: Written | undefined;
}

type Environments = ReadonlyMap<string, Environment>;

const quoted = (name: string) => `\`${quotable(name)}\``;

function written(tree: Tree | undefined): Written | undefined {
  return typeof tree?.value === 'string' ? { text: tree.value, at: tree.at } : undefined;
}

function environmentsIn(document: Tree): Environments {
  const found = new Map<string, Environment>();
  for (const [name, { key, tree }] of document.children.get('environments')?.tree.children ?? []) {
    const alias = tree.children.get('alias');
    found.set(String(name), {
      after: written(tree.children.get('after')?.tree),
      alias: alias ? written(alias.tree) : { text: String(name), at: key },
    });
  }
  return found;
}

/** An alias names one version, so it can say what is live in one environment only. */
function refuseSharedAliases(environments: Environments, problems: Problems): void {
  const owners = new Map<string, { name: string; alias: Written }>();
  for (const [name, { alias }] of environments) {
    if (alias === undefined) continue;
    // Some of the databases under a registry do not tell case apart.
    const folded = alias.text.toLowerCase();
    const owner = owners.get(folded);
    if (owner === undefined) owners.set(folded, { name, alias });
    else {
      problems.add(alias.at, () => {
        const { line, column } = problems.source.place(owner.alias.at);
        const first = `${quoted(owner.name)} has ${quoted(owner.alias.text)} (line ${line}, column ${column})`;
        return {
          message: `${quoted(name)} has the alias ${quoted(alias.text)}, but ${first}.`,
          hint: 'Give each environment an `alias` of its own.',
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

/** Refuses environments that cannot all be as they say. */
export function refuseDisagreements(document: Tree, problems: Problems): void {
  const all = environmentsIn(document);
  refuseSharedAliases(all, problems);
  const chain = { all, problems, followed: new Set<string>() };
  for (const name of all.keys()) follow(name, chain);
}
