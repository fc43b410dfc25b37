const SEED = 20_260_131;

/**
 * How many rounds a property or a race is tried, for fast-check: a tenth of all, and all under
 * `npm run soak`. They are the same ones every time, unless PASSMUSTER_SEED says otherwise.
 */
export function rounds(all: number): { numRuns: number; seed: number } {
  const wanted = process.env['PASSMUSTER_ROUNDS'] || 'tenth';
  if (wanted !== 'full' && wanted !== 'tenth') {
    throw new Error(`PASSMUSTER_ROUNDS is ${wanted}; it may be full or tenth`);
  }
  const seed = Number(process.env['PASSMUSTER_SEED'] || SEED);
  if (!Number.isInteger(seed)) throw new Error('PASSMUSTER_SEED must be a whole number');
  return { numRuns: wanted === 'full' ? all : Math.ceil(all / 10), seed };
}
