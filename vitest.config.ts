import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Suites of minutes: whoever begins one last is waited for by all others. */
const LONG = /thirty-nights|bucket\.slow|radosgw|nights\.test/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const [long, others] = [files.filter(isLong), files.filter((file) => !isLong(file))];
    return [
      ...long.sort((a, b) => (a.moduleId < b.moduleId ? 1 : -1)),
      ...(await super.sort(others)),
    ];
  }
}

function isLong({ moduleId }: TestSpecification): boolean {
  return LONG.test(moduleId);
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
