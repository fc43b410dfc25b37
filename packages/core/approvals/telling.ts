import type { Asking } from './approvals.ts';

const SHORTEST = 8;

/** Digests and addresses; a bare word as the source of a version would be found in nearly every file. */
export const tellingNames = ({ names }: Pick<Asking, 'names'>): readonly string[] =>
  names.filter((name) => name.length >= SHORTEST && /[:/]/.test(name));
