import { code, type Inline } from '@passmuster/core/page.ts';
import type { Party } from '@passmuster/core/promotions/record.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import { VERSION_TAG } from '@passmuster/core/versions/identifier.ts';
import type { SealedName } from '@passmuster/core/versions/sealed.ts';

/** A version with what `register` sealed of it, as far as that is its own. */
export function partyOf(
  { number, tags }: ModelVersion,
  names: ReadonlyMap<string, SealedName>,
): Party {
  const sealed = names.get(tags.get(VERSION_TAG) ?? '');
  if (sealed?.number !== number) return { number };
  const { identifier, digest } = sealed;
  return { number, version: identifier, ...(digest !== undefined && { digest }) };
}

/** A version alone, without how it came to be there. */
export const versionIn = ({ number, version, digest }: Party): Party => ({
  number,
  ...(version !== undefined && { version }),
  ...(digest !== undefined && { digest }),
});

/** How a command names a version so that it means this one whatever comes. */
export const selectorOf = ({ number, version }: Party): string => version ?? `number:${number}`;

/** `v1.2.0 (number 7)`, or `number 7`. */
export const partyText = ({ number, version }: Party): string =>
  version === undefined
    ? `number ${quotable(number)}`
    : `${quotable(version)} (number ${quotable(number)})`;

/** The same on a page. */
export const partyShown = ({ number, version }: Party): Inline[] =>
  version === undefined
    ? ['number ', code(quotable(number))]
    : [code(quotable(version)), ' (number ', code(quotable(number)), ')'];
