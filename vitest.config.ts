import { defineConfig } from 'vitest/config';

const live = ['**/*.live.test.ts'];
const never = ['**/node_modules/**', 'dist/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          include: ['**/*.test.ts'],
          exclude: [...never, ...live],
          setupFiles: ['test/property-rounds.ts'],
          globalSetup: ['test/build-once.ts'],
          // A busy machine is no failure.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'live',
          include: live,
          exclude: never,
          setupFiles: ['test/property-rounds.ts'],
          globalSetup: ['test/build-once.ts'],
          testTimeout: 300_000,
          hookTimeout: 900_000,
          // Real servers mostly wait: one file more beside a first, and no file is left alone.
          maxWorkers: 2,
        },
      },
    ],
  },
});
