import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Suites of minutes, the longest first: whoever begins one last is waited for by all others. */
const LONG = ['thirty-nights.', 'thirty-nights-', 'bucket.slow', 'radosgw', 'nights.test'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const at = LONG.findIndex((name) => moduleId.includes(name));
  return at < 0 ? LONG.length : at;
}

/** `npm test` runs what is fast; `npm run test:slow` the same facts over many more cases. */
export default defineConfig({
  test: {
    // More than one a core: who judges waits for the database's own threads.
    maxWorkers: '150%',
    sequence: { sequencer: LongestFirst },
    projects: [
      // A busy machine starts a process slowly; only a test that hangs takes this long.
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
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
