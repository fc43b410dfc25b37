import type { MetricName } from './gate.ts';
import { isKept } from './metric-text.ts';
import type { Mistake } from './mistake.ts';
import { inBrackets, shown } from './odd-name.ts';
import { metricOf, type Path } from './path.ts';

/** What a path means; `champion` alone has the name that the left side has. */
type Meaning =
  | { readonly of: 'candidate'; readonly name: MetricName }
  | { readonly of: 'champion'; readonly name: MetricName | undefined }
  | Omit<Mistake, 'at'>;

const plain = ({ root, steps }: Path): string => [root, ...steps.map(({ key }) => key)].join('.');

function ofSlice({ steps }: Path, word: string): MetricName | Omit<Mistake, 'at'> {
  const [slice, ...rest] = steps;
  const metric = metricOf(rest);
  if (slice?.quoted && metric !== undefined) return { metric, slice: slice.key };
  return {
    message: `Found ${shown(word)} without ${slice?.quoted ? 'a metric after it' : 'the name of a slice'}.`,
    hint: `Write \`${word}["region=eu"].accuracy\`, or \`${word}["region=eu"]["odd/name"]\`.`,
  };
}

function ofChampion({ root, steps }: Path): Meaning {
  const [first, ...rest] = steps;
  if (first === undefined) return { of: 'champion', name: undefined };
  if (first.key === 'slice' && !first.quoted) {
    const name = ofSlice({ root, steps: rest }, 'champion.slice');
    return 'message' in name ? name : { of: 'champion', name };
  }
  const metric = metricOf(steps);
  if (metric !== undefined) return { of: 'champion', name: { metric } };
  return mixed(steps, 'champion');
}

function mixed(steps: Path['steps'], word: string): Omit<Mistake, 'at'> {
  const name = steps.map(({ key }) => key).join('.');
  return {
    message: 'The name of a metric stands in one pair of brackets, or in none.',
    hint: `Write ${inBrackets(name, word)} if that is its name.`,
  };
}

function ofMetrics(path: Path): Meaning {
  const { steps } = path;
  const [first] = steps;
  if (first?.quoted && steps.length === 1) {
    return { of: 'candidate', name: { metric: first.key } };
  }
  if (steps.some(({ quoted }) => quoted)) return mixed(steps, 'metrics');
  const whole = plain(path);
  const hint = `Write ${inBrackets(whole)} if that is its name`;
  if (first === undefined) {
    return { message: 'Found `metrics` without the name of a metric.', hint: `${hint}.` };
  }
  const rest = steps.map(({ key }) => key).join('.');
  return {
    message: `Found ${shown(whole)}, which may be the metric ${shown(rest)} or one that is called so in full.`,
    hint: `${hint}, else ${inBrackets(rest)}.`,
  };
}

function ofWord(path: Path): Meaning {
  const { root, steps } = path;
  if (isKept(root)) {
    const meant = root.toLowerCase() === 'champion' ? '`champion`, in small letters' : undefined;
    return {
      message: `Found ${shown(root)}, which is neither a number nor taken as a metric.`,
      hint: `Write ${meant ?? 'a number'}; if a metric is called so, ${inBrackets(plain(path))}.`,
    };
  }
  const metric = metricOf([{ key: root, quoted: false }, ...steps]);
  if (metric !== undefined) return { of: 'candidate', name: { metric } };
  return {
    message: `Found brackets after ${shown(root)}; only \`metrics\`, \`slice\` and \`champion\` have them.`,
    hint: `Write ${inBrackets(plain(path))} if that is the name of the metric.`,
  };
}

/** What a path means in a gate. */
export function meaningOf(path: Path): Meaning {
  switch (path.root) {
    case 'champion':
      return ofChampion(path);
    case 'metrics':
      return ofMetrics(path);
    case 'slice': {
      const name = ofSlice(path, 'slice');
      return 'message' in name ? name : { of: 'candidate', name };
    }
    default:
      return ofWord(path);
  }
}
