/** Stores on SQL give back infinity as the largest number there is, some of them cut short. */
const INFINITE = 1.797e308;

/** Whether a number can be judged: NaN and infinities are neither good nor bad enough. */
export const isUsable = (value: number): boolean => Math.abs(value) < INFINITE;
