import { readdirSync, rmSync, symlinkSync } from 'node:fs';
import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../lib/model/run-event.ts';
import { type Books, clockAt, digestsOf } from './books.ts';
import { breakOff, DAY, openStandingBooks } from './broken-run.ts';

let books: Books;
let undisturbed: Record<string, string>;

beforeAll(async () => {
  books = await openStandingBooks();
  undisturbed = await digestsOf((await books.night('undisturbed', { from: DAY })).address);
});

afterAll(() => books.close());

test('parts that nobody may take up any more go when the next run is published', async () => {
  await breakOff(books, 'aged', { clock: clockAt('2026-03-10T06:00:00Z') });
  await breakOff(books, 'aged', { clock: clockAt('2026-03-11T05:00:00Z') });
  await books.night('aged', { from: DAY, clock: clockAt('2026-03-11T07:00:00Z') });
  const runs = new Set((await books.parts('aged')).map((name) => name.split('/')[2]));
  expect(runs).toEqual(new Set(['run=20260311T050000Z']));
});

test('a lane whose part cannot be written has no receipt', async () => {
  const lane = 'organization=org_simulated/parts/run=20260310T060000Z/transactions-00000';
  const occupied = join(books.at('occupied'), lane, 'transactions.csv');
  await mkdir(join(occupied, 'by a folder'), { recursive: true });
  const clock = clockAt('2026-03-10T06:00:00Z');
  await expect(books.night('occupied', { from: DAY, clock })).rejects.toMatchObject({
    code: 'DESTINATION_UNWRITABLE',
  });
  expect(await books.parts('occupied')).not.toContain(`${lane}/receipt.json`);
  await rm(occupied, { recursive: true });
  const { address } = await books.night('occupied', { from: DAY, clock, resume: true });
  expect(await digestsOf(address)).toEqual(undisturbed);
});

test('parts that cannot be removed do not make a failure of a run that is published', async () => {
  const onEvent = ({ type }: RunEvent) => {
    if (type !== 'published') return;
    const runs = join(books.at('stuck'), 'organization=org_simulated/parts');
    const plan = join(runs, readdirSync(runs)[0]!, 'plan.json');
    rmSync(plan);
    // A link that leads to itself can be neither read nor followed.
    symlinkSync('plan.json', plan);
  };
  const { address } = await books.night('stuck', { from: DAY, onEvent });
  expect(await digestsOf(address)).toEqual(undisturbed);
});

describe('a part that was damaged', () => {
  test.each<[string, RegExp, (path: string) => Promise<void>]>([
    ['by a byte', /transactions\.csv$/, (path) => flip(path)],
    ['by a byte too many', /transactions\.csv$/, (path) => appendFile(path, 'x')],
    ['by its loss', /transactions\.csv$/, (path) => rm(path)],
    ['in its receipt', /receipt\.json$/, (path) => flip(path)],
  ])('%s publishes nothing', async (title, name, damage) => {
    const dest = `damaged ${title}`;
    await breakOff(books, dest);
    const part = (await books.parts(dest)).find((file) => name.test(file));
    await damage(join(books.at(dest), part!));
    const resumed = books.night(dest, { from: DAY, resume: true });
    await expect(resumed).rejects.toMatchObject({ code: 'PART_DAMAGED' });
    expect(await books.published(dest)).toEqual([]);
  });

  test('in its plan is as good as none, and goes with the next run', async () => {
    await breakOff(books, 'unplanned');
    const plan = (await books.parts('unplanned')).find((file) => file.endsWith('plan.json'));
    await flip(join(books.at('unplanned'), plan!));
    const resumed = books.night('unplanned', { from: DAY, resume: true });
    await expect(resumed).rejects.toMatchObject({ code: 'RESUME_IMPOSSIBLE' });
    const { address } = await books.night('unplanned', { from: DAY });
    expect(await digestsOf(address)).toEqual(undisturbed);
    expect(await books.parts('unplanned')).toEqual([]);
  });
});

async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  const at = bytes.length >> 1;
  bytes[at] = bytes[at]! ^ 1;
  await writeFile(path, bytes);
}

describe('a run that was killed', () => {
  const clock = clockAt('2026-03-10T06:00:00Z');

  test('after it was published is not taken up over its own files', async () => {
    await breakOff(books, 'late', { clock });
    const parts = join(books.at('late'), 'organization=org_simulated/parts');
    await rename(parts, books.at('kept-parts'));
    const { address } = await books.night('late', { from: DAY, clock });
    await rename(books.at('kept-parts'), parts);

    const resumed = books.night('late', { from: DAY, clock, resume: true });
    await expect(resumed).rejects.toMatchObject({ code: 'RESUME_IMPOSSIBLE' });
    expect(await digestsOf(address)).toEqual(undisturbed);
    await books.night('late', { from: DAY, clock: clockAt('2026-03-10T07:00:00Z') });
    expect(await books.parts('late')).toEqual([]);
  });

  test('while it joined its files leaves none of them to the run that takes it up', async () => {
    await breakOff(books, 'joining', { clock });
    const name = `organization=org_simulated/period=${DAY}/run=20260310T060000Z`;
    const folder = join(books.at('joining'), name);
    await mkdir(folder, { recursive: true });
    // With fewer rows a file there would have been more files.
    for (const file of ['transactions.csv', 'transactions-2.csv']) {
      await writeFile(join(folder, file), 'left by the killed run');
    }
    const { address } = await books.night('joining', { from: DAY, clock, resume: true });
    expect(address).toBe(folder);
    expect(await digestsOf(address)).toEqual(undisturbed);
  });
});
