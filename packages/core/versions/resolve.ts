import { InputError, type Problem } from '../errors.ts';
import { quotable } from '../quote.ts';
import type { ModelVersion } from '../registry/entities.ts';
import { type Found, type Looked, lookUp, type Sealed } from './look-up.ts';
import { isCounted } from './registry-number.ts';
import { parseSelector, type Reading, selectorProblem, typed } from './selector.ts';
import { nothingFound, quoted } from './what-there-is.ts';

const MOST_NAMED = 10;

/** `3, 5 and 7` */
function numbersOf(versions: readonly ModelVersion[]): string {
  const numbers = versions.slice(0, MOST_NAMED).map(({ number }) => quotable(number));
  if (versions.length > MOST_NAMED) return `${numbers.join(', ')} and more`;
  const last = numbers.pop() ?? '';
  return numbers.length === 0 ? last : `${numbers.join(', ')} and ${last}`;
}

const several = (selector: string, versions: readonly ModelVersion[]): Problem => ({
  message: `${quoted(selector)} is ${versions.length} versions, the numbers ${numbersOf(versions)}; expected one.`,
  hint: 'Write the number of the one that is meant.',
});

function unproven(
  selector: string,
  versions: readonly (readonly [ModelVersion, Sealed])[],
): Problem {
  const lying = versions.filter(([, seal]) => seal === 'disagrees').map(([version]) => version);
  const unsealed = versions.filter(([, seal]) => seal === 'unsealed').map(([version]) => version);
  const plural = (all: readonly ModelVersion[]) => (all.length > 1 ? 'numbers' : 'number');
  const said = [
    ...(lying.length > 0
      ? [
          `the tags of ${plural(lying)} ${numbersOf(lying)} say so, but disagree with what was sealed in the ledger`,
        ]
      : []),
    ...(unsealed.length > 0
      ? [
          `${plural(unsealed)} ${numbersOf(unsealed)} only ${unsealed.length > 1 ? 'have' : 'has'} the tags, and no sealed ticket in the ledger`,
        ]
      : []),
  ];
  const [first] = unsealed;
  return {
    message: `No version is proven to be ${quoted(selector)}: ${said.join('; ')}.`,
    hint: first
      ? `\`register\` with this version can adopt it; until then write its number, ${quoted(first.number)}.`
      : 'Write the number of the version that is meant, and find out who changed the tags.',
  };
}

function ambiguous(
  selector: string,
  meanings: readonly (readonly [Reading, ModelVersion])[],
): Problem {
  const ways = meanings.map(([reading, { number }]) => {
    const what = reading.kind === 'identifier' ? reading.scheme : reading.kind;
    return `${what === 'semantic' ? 'semantic version' : what} (number ${quotable(number)})`;
  });
  return {
    message: `${quoted(selector)} has ${ways.length} meanings here: ${ways.join(', ')}.`,
    hint: `Write ${meanings.map(([reading]) => quoted(typed(reading))).join(' or ')}.`,
  };
}

interface Finds {
  readonly readings: readonly Reading[];
  readonly all: readonly (readonly [Reading, Found])[];
}

/** A text that is no count is looked for as a number only where it could not be looked for as a name. */
async function findAll(looked: Looked, readings: readonly Reading[]): Promise<Finds> {
  const all: (readonly [Reading, Found])[] = [];
  for (const reading of readings) {
    const first = reading.kind !== 'number' || readings.length === 1 || isCounted(reading.number);
    const lacking = all.length > 0 && all.every(([, { kind }]) => kind === 'lacking');
    if (first || lacking) all.push([reading, await lookUp(looked, reading)]);
  }
  return { readings, all };
}

async function refusal(looked: Looked, selector: string, finds: Finds): Promise<Problem> {
  for (const [, result] of finds.all) {
    if (result.kind === 'several') return several(selector, result.versions);
    if (result.kind === 'unproven') return unproven(selector, result.versions);
  }
  const lacking = finds.all.filter(([, { kind }]) => kind === 'lacking');
  return nothingFound(
    looked,
    selector,
    finds.readings,
    lacking.map(([reading]) => reading),
  );
}

/** The one version that a selector means, or an input error that says what there is. */
export async function resolveSelector(looked: Looked, selector: string): Promise<ModelVersion> {
  const readings = parseSelector(selector);
  if ('refused' in readings) throw new InputError([selectorProblem(selector, readings)]);
  const finds = await findAll(looked, readings);
  const meanings = finds.all.flatMap(([reading, result]) =>
    result.kind === 'one' ? [[reading, result.version] as const] : [],
  );
  const [meaning] = meanings;
  if (meaning === undefined) throw new InputError([await refusal(looked, selector, finds)]);
  const [, version] = meaning;
  if (meanings.every(([, { number }]) => number === version.number)) return version;
  throw new InputError([ambiguous(selector, meanings)]);
}
