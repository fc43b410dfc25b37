import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { isLedger, ledgerName } from './name.ts';

test.each(['gpt-custom', 'team.model', 'My Model 2', 'a', 'x'.repeat(200)])('%s', (model) => {
  expect(ledgerName(model)).toBe(`passmuster.${model}`);
});

test.each([
  ['a/b', /^passmuster\.a_b~[0-9a-f]{32}$/],
  ['a:b', /^passmuster\.a_b~[0-9a-f]{32}$/],
  ['100%', /^passmuster\.100_~/],
  ['größe', /^passmuster\.gr_e~/],
  ['a~b', /^passmuster\.a_b~/],
  [' x', /^passmuster\._x~/],
  ["it's", /^passmuster\.it_s~/],
  ['x'.repeat(201), /^passmuster\.x{120}~/],
])('%s is made safe', (model, safe) => {
  expect(ledgerName(model)).toMatch(safe);
});

const names = fc.oneof(
  fc.string({ maxLength: 300, unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', 'A', '.', '/', ' ', '~', '%', '_'), maxLength: 12 }),
);

test('a ledger has a name that every server takes, and two models never share one', () => {
  fc.assert(
    fc.property(names, names, (one, other) => {
      const name = ledgerName(one);
      expect(name).toMatch(/^[\w .~-]{1,256}$/);
      expect(isLedger(name)).toBe(true);
      if (one !== other) expect(ledgerName(other)).not.toBe(name);
    }),
    rounds(20_000),
  );
});
