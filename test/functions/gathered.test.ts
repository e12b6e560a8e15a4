import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Night } from '../../functions/local-night.ts';
import type { Instant } from '../../lib/model/instant.ts';
import { plantFaults } from '../../lib/simulator/planter.ts';
import type { World } from '../../lib/simulator/table.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { tieout, typed } from '../world/command-line.ts';
import { type Books, clockAt, digestsOf, filesBelow, openBooks, rowsOf } from './books.ts';

const START = Date.UTC(2026, 2, 1) as Instant;
const DAY_MS = 86_400_000;
const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'];

const CLEAN = createWorld({
  start: START,
  dayCount: 6,
  transactionCount: 1_200,
  creditMemoCount: 180,
});

/** A quarter past six of the morning after. */
function morning(day: string): Instant {
  return (Date.parse(day) + 30.25 * 3_600_000) as Instant;
}

/** One night after the other, the world as it is then. */
async function nights(books: Books, dest: string, days = DAYS): Promise<Night[]> {
  const played: Night[] = [];
  for (const from of days) {
    books.simulator.setAsOf(morning(from));
    played.push(await books.night(dest, { from, clock: clockAt(text(morning(from))) }));
  }
  return played;
}

function text(instant: Instant): string {
  return new Date(instant).toISOString();
}

async function booksOf(world: World, nastiness = {}): Promise<Books> {
  return openBooks({ world, asOf: morning(DAYS[0]!), nastiness });
}

let books: Books;
let played: Night[];

beforeAll(async () => {
  books = await booksOf(CLEAN);
  played = await nights(books, 'calm');
});

afterAll(() => books.close());

describe('what a night brings beside its period', () => {
  test('is nothing the first time: days before it are not in the books', () => {
    const names = played[0]!.manifest.files.map(({ name }) => name);
    expect(names.filter((name) => /^changed-|^inputs\/(aged|earlier)-/.test(name))).toEqual([]);
  });

  test('are rows of earlier days that are not as the nights said, each of them once', async () => {
    for (const [at, { address }] of played.entries()) {
      if (at === 0) continue;
      const changed = await rowsOf(address, 'changed-transactions.csv');
      const ids = changed.map(({ id }) => id);
      expect(changed.length).toBeGreaterThan(20);
      expect(new Set(ids).size).toBe(ids.length);
      const known = new Map<string, string>();
      for (const earlier of played.slice(0, at)) {
        for (const name of ['transactions.csv', 'changed-transactions.csv']) {
          const rows = await rowsOf(earlier.address, name).catch(() => []);
          for (const row of rows) known.set(row['id']!, JSON.stringify(row));
        }
      }
      for (const row of changed) {
        expect(row['businessDate']! < DAYS[at]!).toBe(true);
        expect(known.get(row['id']!)).not.toBe(JSON.stringify(row));
      }
    }
  });

  test('is the same where neither updatedTime nor id can be filtered by', async () => {
    const narrow = await booksOf(CLEAN, { unfilterable: ['updatedTime', 'id'] });
    const others = await nights(narrow, 'narrow');
    for (const [at, { address }] of others.entries()) {
      expect(await digestsOf(address)).toEqual(await digestsOf(played[at]!.address));
    }
    await narrow.close();
  });

  test('is enough to judge it again, offline, to the same bytes', async () => {
    const { address } = played.at(-1)!;
    const out = books.at('again');
    const { exitCode } = await tieout(['reconcile', address, '--out', out], {
      env: { TZ: 'Asia/Kolkata' },
    });
    expect(exitCode).toBe(0);
    for (const name of await filesBelow(out)) {
      expect(await bytesOf(out, name)).toEqual(await bytesOf(address, name));
    }
  });

  test('verifies with it', async () => {
    for (const { address } of played) {
      expect(await typed(['verify', address])).toMatchObject({ exitCode: 0, stderr: '' });
    }
  });
});

describe('a shop that moves while it is judged', () => {
  test('is not told of what was put right in between', async () => {
    const day = { start: START, end: (START + DAY_MS) as Instant };
    const rules = ['duplicate-charge', 'memo-tax'];
    const planted = plantFaults(CLEAN, { seed: 3, perRule: 1, rules, day }).world;
    const moving = await booksOf(planted);
    const still = await moving.night('still', {
      from: DAYS[0]!,
      clock: clockAt(text(morning(DAYS[0]!))),
    });
    expect(rulesOf(still)).toEqual(['duplicate-charge', 'memo-tax']);

    // One of the twins is refunded after it was read, and before it is asked for again.
    const twin = still.judgement.discrepancies.find(({ rule }) => rule === 'duplicate-charge')!;
    const mended = refundedIn(planted, twin.recordId);
    await moving.close();
    const other = await booksOf(mended);
    const night = await other.night('moving', {
      from: DAYS[0]!,
      clock: clockAt(text(morning(DAYS[0]!))),
      onEvent: ({ type }) => {
        if (type === 'judging') other.simulator.setAsOf((morning(DAYS[0]!) + DAY_MS) as Instant);
      },
    });
    expect(rulesOf(night)).toEqual(['memo-tax']);
    await other.close();
  });
});

/** The world in which a payment turns out to be declined a day after the first night. */
function refundedIn(world: World, id: string): World {
  const index = world.transactions.indexOf(id)!;
  const since = (morning(DAYS[0]!) + DAY_MS / 2) as Instant;
  const table = world.transactions;
  const textAt = (at: number, asOf: Instant) => {
    const own = table.text(at, asOf);
    if (at !== index || asOf < since) return own;
    return JSON.stringify({ ...JSON.parse(own), result: 'declined', revision: 99 });
  };
  const row = (at: number, asOf: Instant) => JSON.parse(textAt(at, asOf));
  return { ...world, transactions: { ...table, text: textAt, row } };
}

function rulesOf({ judgement }: Night): string[] {
  return judgement.discrepancies.map(({ rule }) => rule).sort();
}

function bytesOf(folder: string, name: string): Promise<string> {
  return readFile(`${folder}/${name}`, 'base64');
}
