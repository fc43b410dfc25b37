import { describe } from 'vitest';
import { openedOnce } from '../opened-once.ts';
import { bindingContract } from './binding.ts';
import { championContract } from './champions.ts';
import { comparisonContract } from './comparisons.ts';
import { loggedModelContract } from './logged-models.ts';
import { numberContract } from './numbers.ts';
import type { Opened, Subject } from './opened.ts';
import { selectorContract } from './selectors.ts';

/** What `validate` makes of a registry, held against one server: the same tests for MLflow and for ours. */
export function validateContract(open: () => Promise<Opened>): void {
  const subject: Subject = openedOnce(open);

  describe('numbers', () => numberContract(subject));
  describe('bound evidence', () => bindingContract(subject));
  describe('like with like', () => comparisonContract(subject));
  describe('champions', () => championContract(subject));
  describe('logged models', () => loggedModelContract(subject));
  describe('selectors', () => selectorContract(subject));
}
