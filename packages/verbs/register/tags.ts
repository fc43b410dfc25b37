import { type Host, runUrl } from '@passmuster/core/host.ts';
import type { ModelVersion, Tags } from '@passmuster/core/registry/entities.ts';
import { baseModelText } from '@passmuster/core/versions/facts.ts';
import { VERSION_TAG } from '@passmuster/core/versions/identifier.ts';
import { DIGEST_TAG } from '@passmuster/core/versions/sealed.ts';
import { plural } from '@passmuster/report/quantity.ts';
import type { Wish } from './wish.ts';

export const TICKET_TAG = 'passmuster.ticket';

/** With its ledger: a version that somebody copies into another model takes its tags along. */
export const ticketText = (ledger: string, ticket: string): string => `${ledger}/${ticket}`;

/** The ticket of a ledger that a version says has named it. */
export function namesTicket(ledger: string, { tags }: ModelVersion): string | undefined {
  const prefix = ticketText(ledger, '');
  const text = tags.get(TICKET_TAG);
  return text?.startsWith(prefix) ? text.slice(prefix.length) : undefined;
}

export const MANIFEST_TAG = 'passmuster.manifest';

/** Servers take 5,000 at least. */
const LONGEST = 4_500;

interface Naming {
  readonly identifier: string;
  /** As `ticketText` writes it. */
  readonly ticket: string;
  /** Where the manifest is kept; empty when the registry keeps none. */
  readonly manifest: string;
}

/** As many whole lines as a tag holds; the ticket has all of them. */
function linesOf<Item>(items: readonly Item[], line: (item: Item) => string): string {
  const lines = items.map(line);
  if (lines.join('\n').length <= LONGEST) return lines.join('\n');
  const more = (kept: number) => `… and ${lines.length - kept} more, which the ticket names`;
  let room = LONGEST - more(0).length;
  const kept = lines.findIndex((text) => {
    room -= text.length + 1;
    return room < 0;
  });
  return [...lines.slice(0, kept), more(kept)].join('\n');
}

/** What a person reads of it on the version's own page. */
function madeOf(wish: Wish): [string, string | undefined][] {
  const { facts, evaluations, hashed } = wish;
  return [
    ['passmuster.files', hashed && `${plural(hashed.files, 'file')}, ${hashed.bytes} bytes`],
    ['passmuster.base-model', facts.baseModel && baseModelText(facts.baseModel)],
    ['passmuster.base-model.digest', facts.baseModel?.digest],
    ['passmuster.architecture', facts.architecture],
    ['passmuster.configuration', facts.configuration],
    [
      'passmuster.datasets',
      linesOf(facts.datasets, ({ name, version, digest }) => `${name}, ${version}, ${digest}`),
    ],
    ['passmuster.evaluations', linesOf(evaluations, ({ path, digest }) => `${path}, ${digest}`)],
  ];
}

/** Who registered it, and from what. */
const comingFrom = ({ code }: Wish, { actor, run }: Host): [string, string | undefined][] => [
  ['passmuster.commit', code && `${code.commit}${code.dirty ? ' with changes' : ''}`],
  ['passmuster.repository', code?.repository],
  ['passmuster.registered-by', actor],
  ['passmuster.registered-in', run && runUrl(run)],
];

/** What ties a version to its seal. */
const identityTags = (identifier: string, ticket: string, digest?: string): Tags =>
  new Map([
    [VERSION_TAG, identifier],
    [TICKET_TAG, ticket],
    ...(digest === undefined ? [] : [[DIGEST_TAG, digest] as const]),
  ]);

/** All tags of the version, for the call that creates it. */
export function versionTags(wish: Wish, naming: Naming, host: Host): Map<string, string> {
  const ours: [string, string | undefined][] = [
    ...identityTags(naming.identifier, naming.ticket, wish.hashed?.digest),
    ...madeOf(wish),
    ...comingFrom(wish, host),
    [MANIFEST_TAG, naming.manifest],
  ];
  const told = ours.filter((tag): tag is [string, string] => Boolean(tag[1]));
  return new Map([...wish.tags, ...told]);
}

/** What a version that is there says of itself. */
export const saysItIs = ({ source, runId, tags }: ModelVersion) => ({
  digest: tags.get(DIGEST_TAG),
  origin: { source, runId },
});

/** Tags of ours on a version, by key, that say something else of what it was made of. */
export function contradictions({ tags }: ModelVersion, wish: Wish): string[] {
  return madeOf(wish).flatMap(([key, value]) => {
    const says = tags.get(key);
    return says === undefined || !value || says === value ? [] : [key];
  });
}
