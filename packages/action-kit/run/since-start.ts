/** Milliseconds that only grow. `performance.now()` does the same, and loads a module of 5 ms first. */
export const sinceStart = (): number => process.uptime() * 1000;
