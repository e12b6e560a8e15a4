import { defineConfig } from 'vitest/config';

/** `npm test` runs what is fast; `npm run test:slow` the same facts over many more cases. */
export default defineConfig({
  test: {
    // One worker a core, the first one too: nobody waits at the screen meanwhile.
    maxWorkers: '100%',
    projects: [
      // A busy machine starts a process slowly; only a test that hangs takes this long.
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'slow',
          include: ['test/**/*.slow.ts'],
          testTimeout: 20 * 60_000,
          hookTimeout: 5 * 60_000,
        },
      },
    ],
  },
});
