import { createHash } from 'node:crypto';

const PREFIX = 'passmuster.';

/** What every server takes and nobody reads as a path; `~` is kept for those that had to be shortened. */
const PLAIN = /^[\w.-]+(?: [\w.-]+)*$/;
/** MLflow's columns hold 256 characters. */
const LONGEST = 200;
const SHOWN = 120;
const DIGEST_DIGITS = 32;

/** The registered model that is the ledger of a model; of two models, never the same. */
export function ledgerName(model: string): string {
  if (PLAIN.test(model) && model.length <= LONGEST) return PREFIX + model;
  const digest = createHash('sha256').update(model).digest('hex').slice(0, DIGEST_DIGITS);
  const shown = model.slice(0, SHOWN).replaceAll(/[^A-Za-z0-9_.-]+/g, '_');
  return `${PREFIX}${shown}~${digest}`;
}

/** Whether a registered model is one of our ledgers, which no list of models shows. */
export const isLedger = (name: string): boolean => name.startsWith(PREFIX);
