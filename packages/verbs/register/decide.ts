import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import { DIGEST_TAG, type SealedName } from '@passmuster/core/versions/sealed.ts';
import { contradictions, saysItIs } from './tags.ts';
import { type Identity, identityOf, identityText, sameIdentity, type Wish } from './wish.ts';
import { called, type World } from './world.ts';

/** What is to be done about a wish under one name. */
export type Decision =
  | { readonly do: 'nothing'; readonly sealed: SealedName; readonly version: ModelVersion }
  | { readonly do: 'adopt'; readonly version: ModelVersion }
  | { readonly do: 'create' }
  | { readonly do: 'refuse'; readonly text: string; readonly hint: string };

const NEXT = 'Register it under the next version: a name never changes what it means.';

function underSeal(sealed: SealedName, world: World, wish: Wish): Decision {
  const { identifier, number, ticket } = sealed;
  const version = world.versions.find((one) => one.number === number);
  if (version === undefined) {
    const text = `${identifier} was number ${number}, sealed by ticket ${ticket.number}, and has been deleted since`;
    return { do: 'refuse', text, hint: NEXT };
  }
  if (wish.hashed && sealed.digest === undefined) {
    const text = `${identifier} is number ${number} already, and was sealed without its files, so that nothing says whether these are they`;
    return { do: 'refuse', text, hint: `${NEXT} Or leave out \`path\`.` };
  }
  const wanted = identityOf(wish);
  const is: Identity =
    wish.hashed && sealed.digest !== undefined
      ? { digest: sealed.digest }
      : { source: version.source, runId: version.runId };
  if (sameIdentity(is, wanted)) return { do: 'nothing', sealed, version };
  return {
    do: 'refuse',
    text: `${identifier} is number ${number} already, with ${identityText(is)}; this would be ${identityText(wanted)}`,
    hint: NEXT,
  };
}

/** Versions that carry the name, but were never sealed under it. */
function unsealed(identifier: string, carriers: readonly ModelVersion[], wish: Wish): Decision {
  const [version, ...more] = carriers;
  if (version === undefined) return { do: 'create' };
  if (more.length > 0) {
    const numbers = carriers.map(({ number }) => quotable(number)).join(', ');
    return {
      do: 'refuse',
      text: `${identifier} stands on the numbers ${numbers}, and no record says which one it is`,
      hint: 'Take the tag `passmuster.version` off all but the right one, then run this again to adopt it.',
    };
  }
  if (wish.hashed === undefined && version.tags.has(DIGEST_TAG)) {
    const text = `number ${quotable(version.number)} carries the name ${identifier} and a digest of its files, without a record of ours`;
    return { do: 'refuse', text, hint: 'Give `path`, so that they can be compared.' };
  }
  const is = saysItIs(version);
  const differing = [
    ...(sameIdentity(is.origin, { source: wish.source, runId: wish.runId })
      ? []
      : [`it is ${identityText(is.origin)}`]),
    ...(wish.hashed && is.digest !== undefined && is.digest !== wish.hashed.digest
      ? [`its files are ${quotable(is.digest, 100)}`]
      : []),
    ...contradictions(version, wish).map((key) => `its tag ${key} says otherwise`),
  ];
  if (differing.length === 0) return { do: 'adopt', version };
  return {
    do: 'refuse',
    text: `number ${quotable(version.number)} carries the name ${identifier} without a record of ours, and is not what is being registered: ${differing.join('; ')}`,
    hint: 'Take the tag `passmuster.version` off that version, or register this under another.',
  };
}

/** What the name means by now decides: sealed, only written on a version, or free. */
export function decide(
  identifier: string,
  wish: Wish,
  world: World,
  names: ReadonlyMap<string, SealedName>,
): Decision {
  const sealed = names.get(identifier);
  if (sealed) return underSeal(sealed, world, wish);
  return unsealed(identifier, called(world, identifier), wish);
}
