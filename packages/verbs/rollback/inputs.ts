import type { InputsOf } from '@passmuster/action-kit/spec/verb.ts';
import type { Problem } from '@passmuster/core/errors.ts';
import type { Host } from '@passmuster/core/host.ts';
import { parseSelector, selectorProblem } from '@passmuster/core/versions/selector.ts';
import type { spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;

function selectorProblems(name: 'from' | 'to', selector: string | undefined): Problem[] {
  if (selector === undefined) return [];
  const readings = parseSelector(selector);
  if (!('refused' in readings)) return [];
  const problem = selectorProblem(selector, readings);
  return [{ ...problem, message: `\`${name}\`: ${problem.message}` }];
}

/** Whatever starts itself again and again would take out one version after the other. */
function missingFrom({ from }: Inputs, host: Host): Problem[] {
  if (from !== undefined || host.run !== undefined || host.attended) return [];
  return [
    {
      message:
        '`from` is missing. Here is neither a terminal with a person at it nor a run of a workflow, and whatever runs this a second time would go back a second time.',
      hint: 'Name the version that is to be taken out, for example `from: v1.2.0`: once it is out, nothing moves any more.',
    },
  ];
}

/** What can be said of the inputs before anybody is asked. */
export const wrongInputs = (inputs: Inputs, host: Host): Problem[] => [
  ...missingFrom(inputs, host),
  ...selectorProblems('from', inputs.from),
  ...selectorProblems('to', inputs.to),
];
