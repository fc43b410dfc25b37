import { randomInt } from 'node:crypto';

const HOW = ['able', 'bright', 'calm', 'deft', 'eager', 'fair', 'glad', 'keen', 'merry', 'quick'];
const WHO = ['badger', 'crane', 'finch', 'heron', 'lynx', 'marten', 'otter', 'raven', 'tern'];

const one = (words: readonly string[]): string => words[randomInt(words.length)] ?? '';

/** For a run that nobody named. */
export const runName = (): string => `${one(HOW)}-${one(WHO)}-${randomInt(1000)}`;
