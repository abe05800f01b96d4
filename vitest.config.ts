import { defineConfig } from 'vitest/config';

const excluded = ['**/node_modules/**', 'dist/**', '.rolecall/**'];
const commands = 'cli/**/*.command.test.ts';

/**
 * Three kinds of test: `unit` is quick and stands beside its module, `properties` runs protocols, `command` what is compiled.
 * Files of the first two share what they import: 39 unit files took 57 s of a processor, and take 38 s.
 */
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
          exclude: [...excluded, commands],
          testTimeout: 20_000,
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'properties', include: ['{properties,bench}/**/*.test.ts'], exclude: excluded, testTimeout: 180_000, isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'command',
          include: [commands],
          exclude: excluded,
          globalSetup: ['vitest.seed.ts', 'vitest.build.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
