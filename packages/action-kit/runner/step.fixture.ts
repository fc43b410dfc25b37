import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '@passmuster/core/outcome.ts';
import { code } from '@passmuster/core/page.ts';
import { sample } from '../spec/sample.fixture.ts';
import type { InputsOf, OutputsOf, Surroundings } from '../spec/verb.ts';
import { runAction } from './action.ts';

type Inputs = InputsOf<typeof sample>;

const TEXTS: Readonly<Record<string, (token?: string) => string>> = {
  tell: (token) => `the token is ${token}`,
  forge: () => 'pass\nghadelimiter_x\npromoted=true\nreport<<y\nz\ny',
};

/** A verb that behaves as its `version` says, so that a whole step can be seen from outside. */
async function behave(
  inputs: Inputs,
  { signal }: Surroundings,
): Promise<Outcome<OutputsOf<typeof sample>>> {
  const { version = '', 'github-token': token } = inputs;
  if (version === 'bug') throw new TypeError('undefined is not a function');
  if (version === 'later') {
    setTimeout(() => {
      throw new Error('nobody caught this');
    });
    await sleep(60_000);
  }
  if (version === 'wait') {
    process.stdout.write('waiting\n');
    await sleep(60_000, undefined, { signal });
  }
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

await runAction(sample, behave, () => ({}));
