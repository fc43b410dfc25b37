import { quotable } from '../quote.ts';
import type { Conditions, Measured } from './measured.ts';

/** Whether two values of a metric were measured alike. */
type Comparison =
  | { readonly kind: 'alike' }
  /** A sentence with both values. */
  | { readonly kind: 'different'; readonly says: string }
  /** Nothing differs as far as both say it; what is not said. */
  | { readonly kind: 'unproven'; readonly says: string };

type Part = keyof Conditions | 'samples';

const NAMES: Readonly<Record<Part, string>> = {
  datasetDigest: 'the digest of the data',
  dataset: 'the name of the data',
  task: 'the version of the task',
  prompt: 'the prompt or chat template',
  shots: 'the number of examples in the prompt',
  tool: 'the evaluation tool',
  samples: 'the number of samples',
};

const PARTS = Object.keys(NAMES) as Part[];
const DATA: readonly Part[] = ['datasetDigest', 'dataset'];

/** What is known of how a value was measured. */
type Facts = Readonly<Partial<Record<Part, string | number>>>;

const factsOf = ({ conditions, samples }: Measured): Facts => ({
  ...conditions,
  ...(samples !== undefined && { samples }),
});

function difference(ours: Facts, theirs: Facts): string | undefined {
  const isSameData =
    ours.datasetDigest !== undefined && ours.datasetDigest === theirs.datasetDigest;
  for (const part of PARTS) {
    const [our, their] = [ours[part], theirs[part]];
    if (our === undefined || their === undefined || our === their) continue;
    // Whatever it is called.
    if (part === 'dataset' && isSameData) continue;
    return `${NAMES[part]} differs: ${quotable(`${our}`)} for the candidate, ${quotable(`${their}`)} for the champion`;
  }
  return undefined;
}

const namesData = (facts: Facts): boolean => DATA.some((part) => facts[part] !== undefined);

/** What one side lacks and the other has. */
function lacking(who: string, side: Facts, other: Facts): string[] {
  const parts = PARTS.filter((part) => side[part] === undefined && other[part] !== undefined);
  const told = namesData(side) ? parts : parts.filter((part) => !DATA.includes(part));
  const names = told.map((part) => NAMES[part]);
  const last = names.pop();
  if (last === undefined) return [];
  return names.length === 0
    ? [`${last} is not known for ${who}`]
    : [`${names.join(', ')} and ${last} are not known for ${who}`];
}

function unknownData(ours: Facts, theirs: Facts): string[] {
  const [our, their] = [namesData(ours), namesData(theirs)];
  if (our && their) return [];
  const who = our ? 'the champion' : their ? 'the candidate' : 'either';
  return [`no data is named for ${who}`];
}

/** Like is compared with like only where both say the same of how they were measured, and on which data. */
export function compared(candidate: Measured, champion: Measured): Comparison {
  const [ours, theirs] = [factsOf(candidate), factsOf(champion)];
  const differs = difference(ours, theirs);
  if (differs !== undefined) return { kind: 'different', says: differs };
  const unknown = [
    ...unknownData(ours, theirs),
    ...lacking('the candidate', ours, theirs),
    ...lacking('the champion', theirs, ours),
  ];
  return unknown.length === 0 ? { kind: 'alike' } : { kind: 'unproven', says: unknown.join('; ') };
}
