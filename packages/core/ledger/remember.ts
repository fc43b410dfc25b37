import type { Ledger } from './ledger.ts';

/** A ledger that asks nothing twice: for one look, which is to see one state anyway. */
export function remembering(ledger: Ledger): Ledger {
  const found = new Map<string, ReturnType<Ledger['find']>>();
  return {
    ...ledger,
    find(marks, signal) {
      const key = JSON.stringify([...marks]);
      const asked = found.get(key) ?? ledger.find(marks, signal);
      found.set(key, asked);
      return asked;
    },
  };
}
