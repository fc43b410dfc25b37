import type { EnvironmentPolicy, ModelPolicy } from './policy.ts';

/** What is decided for a model of which the policy says nothing. */
export const MODEL_DEFAULTS: ModelPolicy = Object.freeze({
  gates: Object.freeze([]),
  evaluations: Object.freeze([]),
  versioning: 'semantic',
  evidence: 'bound',
  bind: 'digest',
});

/** Where nothing is decided, an environment is the alias of that name. */
export const environmentDefaults = (name: string): EnvironmentPolicy => ({
  alias: name,
  aliasGiven: false,
  approvals: { count: 0, authorCounts: false },
  gates: [],
  waivers: [],
  mayOverride: [],
});
