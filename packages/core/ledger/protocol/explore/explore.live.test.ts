import { expect, test } from 'vitest';
import { MANY } from './scenarios.fixture.ts';
import { explore } from './search.fixture.ts';

const MINUTES = 10;
let sum = 0;

test.each(MANY)('$name', { timeout: MINUTES * 60_000 }, ({ name, wishes, faults }) => {
  const { violation, states } = explore(wishes, faults);
  expect(violation).toBeUndefined();
  sum += states;
  process.stdout.write(`${name}: ${states} states, ${sum} in all\n`);
});
