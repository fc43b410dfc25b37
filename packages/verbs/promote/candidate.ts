import { InputError, type Problem } from '@passmuster/core/errors.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import { readIdentifier } from '@passmuster/core/versions/identifier.ts';
import type { Looked } from '@passmuster/core/versions/look-up.ts';
import { resolveSelector } from '@passmuster/core/versions/resolve.ts';
import { listedIn, type SealedName, sealedAs } from '@passmuster/core/versions/sealed.ts';
import { noModel } from '@passmuster/core/versions/what-there-is.ts';
import type { Glance } from '../moving/look.ts';
import { notReady } from '../moving/not-ready.ts';
import type { Place } from '../moving/place.ts';

/** What of a look a selector is resolved by. */
type Remembering = Pick<Glance, 'remembered' | 'names' | 'marks'>;

const lookedIn = (
  { model, ports: { signal } }: Pick<Place, 'model' | 'ports'>,
  { remembered, names }: Remembering,
): Looked => ({
  registry: remembered.registry,
  model,
  sealedAs: sealedAs(listedIn(names)),
  call: { signal },
});

/** A name that was sealed, and whose version is there no more. */
function deleted(selector: string, { names, marks }: Remembering): SealedName | undefined {
  const bare = selector.replace(/^semver:/, '');
  const read = readIdentifier(bare, 'semantic');
  const sealed = 'identifier' in read ? names.get(read.identifier) : undefined;
  const isThere = marks.versions.some(({ number }) => number === sealed?.number);
  return isThere ? undefined : sealed;
}

/** The version that a selector means, by what was seen; `input` is the one that holds the selector. */
export async function versionFor(
  place: Pick<Place, 'model' | 'ports'>,
  seen: Remembering,
  selector: string,
  input: string,
): Promise<ModelVersion> {
  const looked = lookedIn(place, seen);
  const { model, versions } = seen.remembered;
  if (model === undefined && !versions?.length) throw new InputError([await noModel(looked)]);
  try {
    return await resolveSelector(looked, selector);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const gone = deleted(selector, seen);
    const [first, ...more] = error.problems;
    if (first === undefined) throw error;
    const was = gone
      ? ` It was number ${quotable(gone.number)}, sealed by ticket ${gone.ticket.number}, and has been deleted since.`
      : '';
    const message = `\`${input}\`: ${first.message}${was}`;
    throw new InputError([{ ...first, message }, ...more], { cause: error });
  }
}

/** Why a version cannot be promoted, whatever its numbers are. */
export function unfit(version: ModelVersion, asked: string): Problem[] {
  const { number, model } = version;
  if (model !== asked) {
    const message = `Number ${quotable(number)} is a version of "${quotable(model)}", not of "${quotable(asked)}".`;
    return [{ message, hint: 'Name the model that it belongs to.' }];
  }
  const problem = notReady(version);
  return problem ? [problem] : [];
}
