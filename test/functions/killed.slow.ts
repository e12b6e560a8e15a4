import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tieoutUntil, typed } from '../world/command-line.ts';
import { type Books, digestsOf, ENV } from './books.ts';
import { DAY, openStandingBooks } from './broken-run.ts';

const PERIOD = `organization=org_simulated/period=${DAY}`;

/** More lines than the log of the run has: the last kills come too late. */
const LINES = 16;

let books: Books;
let undisturbed: Record<string, string>;

beforeAll(async () => {
  books = await openStandingBooks();
  undisturbed = await digestsOf((await books.night('undisturbed', { from: DAY })).address);
});

afterAll(() => books.close());

test.each(Array.from({ length: LINES }, (_, line) => line + 1))(
  'a run that is killed at line %i of its log leaves a whole snapshot or none, and is made good',
  async (killAt) => {
    const dest = `line-${killAt}`;
    let seen = 0;
    await tieoutUntil(['run', ...books.flags(dest), '--date', DAY], ENV, () => {
      seen += 1;
      return seen === killAt ? 'SIGKILL' : undefined;
    });
    const published = await books.published(dest);
    const isWhole = published.some((name) => name.endsWith('manifest.json'));
    if (isWhole) await expectWhole(dest, published);

    const resumed = await books.type(dest, ['run', '--date', DAY, '--resume', '--quiet']);
    if (resumed.exitCode !== 0) {
      // Before its plan was written, or after it was published.
      expect(resumed.stderr).toMatch(/^RESUME_IMPOSSIBLE: /);
      const again = await books.type(dest, ['run', '--date', DAY, '--quiet']);
      expect(again).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    }
    await expectWhole(dest, await books.published(dest));
    expect(await books.parts(dest)).toEqual([]);
  },
);

/** Every manifest stands over the bytes of an undisturbed run, and latest.json names one of them. */
async function expectWhole(dest: string, published: readonly string[]): Promise<void> {
  for (const name of published.filter((file) => file.endsWith('manifest.json'))) {
    const folder = join(books.at(dest), name, '..');
    expect(await digestsOf(folder)).toEqual(undisturbed);
    expect(await typed(['verify', folder])).toMatchObject({ exitCode: 0 });
  }
  const latest = join(books.at(dest), PERIOD, 'latest.json');
  const { runId } = JSON.parse(await readFile(latest, 'utf8'));
  expect(published).toContain(`${PERIOD}/run=${runId}/manifest.json`);
}
