import fc from 'fast-check';
import { rounds } from './rounds.ts';

/** Every property that does not say otherwise: the same rounds each time, and ten times as many in a soak. */
fc.configureGlobal(rounds(1000));
