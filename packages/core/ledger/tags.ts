const OURS = 'passmuster.';

/** The tags of a ledger's versions, as MLflow's page shows them. */
export const TAG = {
  kind: `${OURS}kind`,
  /** `open`, then how it ended; claims and answers are open for ever, so that one search finds them. */
  state: `${OURS}state`,
  queue: `${OURS}queue`,
  environment: `${OURS}environment`,
  intent: `${OURS}intent`,
  nonce: `${OURS}nonce`,
  holder: `${OURS}holder`,
  lease: `${OURS}lease`,
  renewed: `${OURS}renewed`,
  /** Why its holder went without sealing it. */
  left: `${OURS}left`,
  record: `${OURS}record`,
  result: `${OURS}result`,
  by: `${OURS}by`,
  of: `${OURS}of`,
  outcome: `${OURS}outcome`,
} as const;

/** The tags of the registered model that is a ledger. */
export const LEDGER_TAG = {
  format: `${OURS}ledger`,
  model: `${OURS}model`,
} as const;

/** How the ledger is written; a reader refuses one that it does not know. */
export const FORMAT = '1';

export const OPEN = 'open';

const MARK = `${OURS}mark.`;

export const markTag = (name: string): string => MARK + name;

/** The name of the mark that a tag is, if it is one. */
export const markName = (tag: string): string | undefined =>
  tag.startsWith(MARK) ? tag.slice(MARK.length) : undefined;

/** MLflow wants a URI; it leads nowhere. */
export const sourceOf = (kind: 'ticket' | 'claim' | 'answer'): string =>
  `passmuster://ledger/${kind}`;
