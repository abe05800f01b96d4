import { defineConfig } from 'vitest/config';

const excluded = ['**/node_modules/**', 'dist/**', '.rolecall/**'];

/** Two kinds of test: `unit` stands beside its module and is quick; `properties` runs protocols and the command itself. */
export default defineConfig({
  test: {
    globalSetup: ['vitest.seed.ts'],
    setupFiles: ['vitest.setup.ts'],
    // Two cores: more workers would only make the long tests longer.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{model,spec,cli,docs}/**/*.test.ts'],
          exclude: [...excluded, 'cli/**/*.command.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'properties',
          include: ['properties/**/*.test.ts', 'bench/**/*.test.ts', 'cli/**/*.command.test.ts'],
          exclude: excluded,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
