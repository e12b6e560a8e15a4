import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Night } from '../../functions/local-night.ts';
import type { Instant } from '../../lib/model/instant.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { typed } from '../world/command-line.ts';
import { type Books, clockAt, openBooks, rowsOf, UNJUDGED } from './books.ts';

const DAYS = ['2026-03-02', '2026-03-03', '2026-03-04'] as const;

let books: Books;
let nights: Night[];

beforeAll(async () => {
  const world = createWorld({
    start: Date.UTC(2026, 2, 1) as Instant,
    dayCount: 5,
    transactionCount: 2_500,
    creditMemoCount: 1_000,
  });
  const config = { ...UNJUDGED, timezone: 'Europe/Vienna' };
  books = await openBooks({ world, asOf: Date.UTC(2026, 2, 20) as Instant, config });
  nights = [];
  for (const from of DAYS)
    nights.push(await books.night('chain', { from, clock: morningAfter(from) }));
});

afterAll(() => books.close());

function morningAfter(day: string) {
  return clockAt(new Date(Date.parse(day) + 30 * 3_600_000).toISOString());
}

/** Count and amount by currency of a measure of the credit memos. */
async function balances(address: string, measure: string): Promise<Map<string, [string, string]>> {
  const rows = await rowsOf(address, 'control-totals.csv');
  const lines = rows.filter((row) => row['measure'] === measure);
  return new Map(lines.map(({ currency, count, amount }) => [currency!, [count!, amount!]]));
}

describe('nights that follow each other', () => {
  test('name their predecessor with its digest; the first has none', () => {
    const [first, second, third] = nights.map(({ manifest }) => manifest);
    expect(first!.predecessor).toBeNull();
    for (const [before, after] of [
      [first!, second!],
      [second!, third!],
    ] as const) {
      const { runId, digest, scope } = before;
      expect(after.predecessor).toEqual({ period: scope.firstDay, runId, digest });
    }
  });

  test('bring forward what the one before carried forward, and add what is unused', async () => {
    expect((await balances(nights[0]!.address, 'brought-forward')).size).toBe(0);
    for (const [at, { address }] of nights.entries()) {
      const brought = await balances(address, 'brought-forward');
      const unused = await balances(address, 'unused');
      const carried = await balances(address, 'carried-forward');
      expect(carried.size).toBeGreaterThan(1);
      const next = nights[at + 1];
      if (next) expect(await balances(next.address, 'brought-forward')).toEqual(carried);
      for (const [currency, [count, amount]] of carried) {
        const parts = [brought.get(currency), unused.get(currency)];
        const digits = amount.split('.')[1]?.length ?? 0;
        const sum = parts.reduce((total, part) => total + Number(part?.[1] ?? 0), 0);
        expect(sum.toFixed(digits)).toBe(amount);
        expect(parts.reduce((total, part) => total + Number(part?.[0] ?? 0), 0)).toBe(
          Number(count),
        );
      }
    }
  });

  test('verify, each of them', async () => {
    for (const { address } of nights) {
      expect(await typed(['verify', address])).toMatchObject({ exitCode: 0 });
    }
  });

  test('a range goes on from the day before it, a view from nothing', async () => {
    const range = await books.night('chain', { from: DAYS[1], to: DAYS[2] });
    expect(range.manifest.predecessor).toMatchObject({ period: DAYS[0] });
    const config = { filter: 'currency:EUR' };
    const view = await books.night('chain', { from: DAYS[1], config });
    expect(view.manifest.predecessor).toBeNull();
    expect((await balances(view.address, 'carried-forward')).size).toBe(0);
  });

  test('a day that is run again, or by hand, is no link: the first night stays the one', async () => {
    const clock = (time: string) => clockAt(`2026-03-09T${time}:00Z`);
    await books.night('chain', { from: DAYS[0], clock: clock('06:00') });
    await books.night('chain', { from: DAYS[0], clock: clock('06:30'), byHand: true });
    const next = await books.night('chain', { from: DAYS[1], clock: clock('07:00') });
    expect(next.manifest.predecessor?.runId).toBe(nights[0]!.manifest.runId);
  });
});

describe('a night whose predecessor is damaged', () => {
  let whole: Night;
  let damaged: Night;

  beforeAll(async () => {
    whole = await books.night('two nights', { from: DAYS[0] });
    damaged = await books.night('two nights', { from: DAYS[1] });
  });

  test.each(['control-totals.csv', 'discrepancies.csv', 'manifest.json', 'inputs/gateways.csv'])(
    'in its %s goes on from the one before, and says so',
    async (name) => {
      const dest = `damaged ${name}`;
      await cp(books.at('two nights'), books.at(dest), { recursive: true });
      const path = join(books.at(dest), relative(books.at('two nights'), damaged.address), name);
      // One byte of it: a letter of the header, or of the first member's name.
      await writeFile(path, (await readFile(path, 'utf8')).replace(/[a-z]/, 'X'));
      const { manifest, judgement } = await books.night(dest, { from: DAYS[2] });
      expect(manifest.predecessor?.runId).toBe(whole.manifest.runId);
      const [remark, ...others] = judgement.summary.remarks;
      expect(remark).toContain(`period=${DAYS[1]}`);
      expect(others).toEqual([]);
    },
  );

  test('and has none before it begins the chain anew', async () => {
    const { address } = await books.night('first damaged', { from: DAYS[0] });
    await rm(join(address, 'transactions.csv'));
    const { manifest, judgement } = await books.night('first damaged', { from: DAYS[1] });
    expect(manifest.predecessor).toBeNull();
    expect(judgement.summary.remarks).toHaveLength(1);
  });
});
