import type { Outcome } from '@passmuster/core/outcome.ts';
import { code } from '@passmuster/core/page.ts';
import { sample } from '../spec/sample.fixture.ts';
import type { InputsOf, OutputsOf } from '../spec/verb.ts';
import { runAction } from './action.ts';

type Inputs = InputsOf<typeof sample>;

const TEXTS: Readonly<Record<string, (token?: string) => string>> = {
  tell: (token) => `the token is ${token}`,
  forge: () => 'pass\nghadelimiter_x\npromoted=true\nreport<<y\nz\ny',
};

/** A verb that behaves as its `version` says, so that a whole step can be seen from outside. */
async function behave(inputs: Inputs): Promise<Outcome<OutputsOf<typeof sample>>> {
  const { version = '', 'github-token': token } = inputs;
  if (version === 'bug') throw new TypeError('undefined is not a function');
  const many = version === 'many' ? 5000 : 0;
  const text = TEXTS[version]?.(token) ?? version;
  return {
    result: 'done',
    outputs: { verdict: text, promoted: 'true' } as { verdict: string },
    page: [
      { kind: 'verdict', verdict: 'pass', text },
      {
        kind: 'table',
        columns: ['file'],
        rows: Array.from({ length: many }, (_, row) => [code(`${row} ${'x'.repeat(300)}`)]),
      },
    ],
    report: { text },
    annotations: Array.from({ length: many }, (_, index) => ({
      level: 'warning',
      message: index === 0 ? 'm'.repeat(5000) : `number ${index}`,
    })),
  };
}

await runAction(sample, behave, {});
