import type { ModelPolicy } from './policy.ts';

/** What is decided for a model of which the policy says nothing. */
export const MODEL_DEFAULTS: ModelPolicy = Object.freeze({
  gates: Object.freeze([]),
  evaluations: Object.freeze([]),
  versioning: 'semantic',
  evidence: 'bound',
  bind: 'digest',
});
