import { oneOf } from '../../shape/choice.ts';
import { defaulted, optional } from '../../shape/keys.ts';
import { map } from '../../shape/map.ts';
import { record } from '../../shape/record.ts';
import { text } from '../../shape/text.ts';
import { approvals } from './approvals.ts';
import { configmap } from './configmap.ts';
import { freeze, mayOverride, waivers } from './exceptions.ts';
import { gates } from './gate.ts';
import { disguise, NOT_A_SELECTOR } from './names.ts';

const name = text({
  description: 'The name of an environment.',
  examples: ['production'],
  maxLength: 64,
  patterns: [
    {
      regex: /^[A-Za-z][A-Za-z0-9_-]*$/u,
      says: 'a name of letters, digits, `-` and `_` that starts with a letter',
    },
    NOT_A_SELECTOR,
  ],
});

const after = text({
  description: 'The environment that a version must have been live in before it comes here.',
  examples: ['staging'],
});

const stage = oneOf(['Staging', 'Production'], {
  description: 'The stage in the registry that mirrors this environment for older readers.',
});

const alias = text({
  description:
    'The alias in the registry that says which version is live here; by default the name of the environment.',
  examples: ['champion'],
  maxLength: 255,
  patterns: [
    { regex: /^[\p{L}\p{N}_-]+$/u, says: 'an alias of letters, digits, `-` and `_`' },
    NOT_A_SELECTOR,
  ],
  refuse: disguise,
});

const environment = record(
  {
    after: optional(after),
    stage: optional(stage),
    alias: optional(alias),
    approvals: defaulted(approvals, 0),
    configmap: optional(configmap),
    gates: defaulted(gates('What a version must pass here, after the gates of its model.'), []),
    waivers: defaulted(waivers, []),
    freeze: optional(freeze),
    'may-override': defaulted(mayOverride, []),
  },
  {
    description: 'A place where a version is live.',
    examples: [{ after: 'staging', stage: 'Production', alias: 'champion', approvals: 2 }],
  },
);

export const environments = map(name, environment, {
  description: 'The places where a version is live, by name.',
  examples: [{ staging: {}, production: { after: 'staging', approvals: 2 } }],
});
