import { words, wordsIn } from './metric-words.ts';

/** Only such whose usual values are far above a hundredth: of an error rate, 0.5 may well be percent. */
const SHARES = words(
  'acc accuracy f1 precision recall auc auroc auprc specificity sensitivity iou dice ndcg mrr',
);

const RATES = /(?:^| )(?:(?:pass|success|win|hit) rate|exact match)(?: |$)/;

/** These make something else of it, or say the unit themselves. */
const OTHER = words(
  'std stddev stderr var variance count num n samples size bits support time ms s sec seconds loss ' +
    'drop delta diff difference gap change gain improvement percent percentage pct ratio',
);

/** Whether a metric is a share of a whole, which some log as a fraction and some in percent. */
export function isShare(metric: string): boolean {
  const parts = wordsIn(metric);
  if (parts.some((part) => OTHER.has(part))) return false;
  return parts.some((part) => SHARES.has(part)) || RATES.test(parts.join(' '));
}
