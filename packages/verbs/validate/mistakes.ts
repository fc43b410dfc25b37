import type { Problem } from '@passmuster/core/errors.ts';
import type { Gate } from '@passmuster/core/gates/gate.ts';
import { parseSelector, selectorProblem } from '@passmuster/core/versions/selector.ts';
import type { Inputs } from './ports.ts';
import type { Rules } from './rules.ts';

export const hasBaseline = (inputs: Inputs): boolean => inputs['champion-evaluations'].length > 0;

export const needsChampion = ({ champion }: Gate): boolean => champion.length > 0;

function withoutModel({ model, version, champion, environment }: Inputs): Problem[] {
  if (model !== undefined) return [];
  return Object.entries({ version, champion, environment }).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const message = `\`${name}\` is given without \`model\`, so nothing says what it is one of.`;
    return [{ message, hint: 'Give `model`, as the registry calls it.' }];
  });
}

function wrongSelectors({ version, champion }: Inputs): Problem[] {
  return Object.entries({ version, champion }).flatMap(([name, selector]) => {
    if (selector === undefined) return [];
    const read = parseSelector(selector);
    if (!('refused' in read)) return [];
    const { message, ...more } = selectorProblem(selector, read);
    return [{ ...more, message: `\`${name}\`: ${message}` }];
  });
}

function twoChampions(inputs: Inputs): Problem[] {
  if (inputs.champion === undefined || !hasBaseline(inputs)) return [];
  return [
    {
      message: '`champion` and `champion-evaluations` are both given, and each names the champion.',
      hint: 'Leave out `champion` to compare with the files, or the files to compare with that version.',
    },
  ];
}

/** What is wrong with the inputs, as far as they show it without their gates and without a policy. */
export const wrongInputs = (inputs: Inputs): Problem[] => [
  ...withoutModel(inputs),
  ...wrongSelectors(inputs),
  ...twoChampions(inputs),
];

/** A gate on the champion where nothing says who that is. */
export function noChampion(inputs: Inputs, gates: readonly Gate[]): Problem[] {
  const { environment, champion } = inputs;
  const gate = gates.find(needsChampion);
  if (gate === undefined || environment !== undefined || champion !== undefined) return [];
  if (hasBaseline(inputs)) return [];
  return [
    {
      message: `The gate \`${gate.text}\` compares with the champion, and nothing says which version that is.`,
      hint: 'Give `environment` (the version that is there), `champion` (a version), or `champion-evaluations` (files).',
      ...(gate.place && { place: gate.place }),
    },
  ];
}

/** Neither a version nor files. */
export function nothingToJudge(
  { version, evaluations }: Inputs,
  { model, policy }: Rules,
): Problem[] {
  if (version !== undefined || evaluations.length > 0 || model.evaluations.length > 0) return [];
  const notYet = policy.inForce
    ? ''
    : ' Files that the proposed policy names are not read for gates that are in force already.';
  return [
    {
      message: 'There is nothing to judge: neither `version` nor `evaluations` is given.',
      hint: `Give \`model\` and \`version\` to judge what is registered, or \`evaluations\` to judge files.${notYet}`,
    },
  ];
}
