import { defineConfig } from 'vitest/config';

/** `npm test` runs what is fast; `npm run test:slow` the same facts over many more cases. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'fast', include: ['test/**/*.test.ts'] } },
      {
        test: { name: 'slow', include: ['test/**/*.slow.ts'], testTimeout: 20 * 60_000 },
      },
    ],
  },
});
