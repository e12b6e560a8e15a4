import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acknowledge, takeBack } from '../../functions/acknowledge.ts';
import { acknowledgementsIn } from '../../functions/acknowledgements.ts';
import { Fault } from '../../lib/model/fault.ts';
import type { RunId } from '../../lib/model/ids.ts';
import { acknowledgementKey } from '../../lib/object-keys.ts';
import { inputColumns } from '../../lib/reconcile/files.ts';
import { clockAt, filesBelow } from './books.ts';
import { discrepancy, type ListedBooks, ORGANIZATION, openListedBooks } from './listed-books.ts';

const { id: ID } = discrepancy();
const NOON = '2026-11-21T12:00:00Z';

let books: ListedBooks;

beforeEach(async () => {
  books = await openListedBooks();
});

afterEach(() => books.close());

const placeAt = (text: string) => ({
  store: books.store,
  organizationId: ORGANIZATION,
  clock: clockAt(text),
});
const word = (reason: string, id = ID) => ({ id, reason, by: '' });
const inForce = () => books.inForce();

/** The path of what was said of the discrepancy at an instant. */
function pathOf(instant: string, id = ID): string {
  return books.store.locate(acknowledgementKey(ORGANIZATION, id, instant as RunId));
}

async function instants(): Promise<string[]> {
  const folder = dirname(pathOf('20261121T120000Z'));
  return (await filesBelow(folder)).map((name) => name.replace('.json', ''));
}

describe('words on one discrepancy follow each other', () => {
  beforeEach(async () => {
    await books.publish('2026-11-20', [discrepancy()]);
  });

  test('though all are said in the same second: each gets one of its own', async () => {
    await acknowledge(placeAt(NOON), word('one'));
    await takeBack(placeAt(NOON), word('two'));
    await acknowledge(placeAt(NOON), word('three'));
    expect(await instants()).toEqual(['20261121T120000Z', '20261121T120001Z', '20261121T120002Z']);
    expect(await inForce()).toMatchObject([{ reason: 'three', at: '2026-11-21T12:00:02Z' }]);
  });

  test('though the second machine’s clock is behind the first one’s', async () => {
    await acknowledge(placeAt(NOON), word('one'));
    await takeBack(placeAt('2026-11-21T11:59:00Z'), word('two'));
    expect(await inForce()).toEqual([]);
    expect(await instants()).toEqual(['20261121T120000Z', '20261121T120001Z']);
  });

  test('though they are said at once: of five one is written, and the others are told', async () => {
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c', 'd', 'e'].map((reason) => acknowledge(placeAt(NOON), word(reason))),
    );
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(refused).toEqual(Array.from({ length: 4 }, () => 'ACKNOWLEDGED_ALREADY'));
    expect(await instants()).toEqual(['20261121T120000Z']);
  });

  test('and none of them is changed by a later one', async () => {
    await acknowledge(placeAt(NOON), word('one'));
    const before = await readFile(pathOf('20261121T120000Z'), 'utf8');
    await takeBack(placeAt(NOON), word('two'));
    expect(await readFile(pathOf('20261121T120000Z'), 'utf8')).toBe(before);
  });
});

describe('acknowledgements in force', () => {
  test('are none where nothing was ever accepted', async () => {
    expect(await inForce()).toEqual([]);
  });

  test('come by id, with the columns of the file that the rules read', async () => {
    const many = ['a', 'b', 'c', 'd'].map((recordId) => discrepancy({ recordId }));
    await books.publish('2026-11-20', many);
    for (const { id } of many) await acknowledge(placeAt(NOON), word('fine', id));
    await takeBack(placeAt(NOON), word('not so', many[1]!.id));
    const lines = await inForce();
    const accepted = many.filter((_, at) => at !== 1).map(({ id }) => id);
    expect(lines.map(({ id }) => id)).toEqual(accepted.sort());
    expect(Object.keys(lines[0]!)).toEqual(inputColumns('acknowledgements'));
    expect(lines[0]).toEqual({
      ...{ id: accepted[0], expected: '12.50', actual: '11.50' },
      ...{ reason: 'fine', by: '', at: NOON },
    });
  });

  test('may be read of an organization whose snapshots are elsewhere', async () => {
    await books.publish('2026-11-20', [discrepancy()]);
    await acknowledge(placeAt(NOON), word('fine'));
    const other = await openListedBooks();
    const path = pathOf('20261121T120000Z');
    const copy = other.store.locate(
      acknowledgementKey(ORGANIZATION, ID, '20261121T120000Z' as RunId),
    );
    await mkdir(dirname(copy), { recursive: true });
    await copyFile(path, copy);
    expect(await acknowledgementsIn(other.store, ORGANIZATION)).toEqual(await inForce());
    await other.close();
  });
});

describe('a damaged acknowledgement is named', () => {
  const KEY = '20261121T120000Z';

  beforeEach(async () => {
    await books.publish('2026-11-20', [discrepancy()]);
    await acknowledge(placeAt(NOON), word('fine'));
  });

  const replaced = (from: string, to: string) => async (path: string) =>
    writeFile(path, (await readFile(path, 'utf8')).replace(from, to));

  test.each<[string, string, (path: string) => Promise<void>]>([
    ['cut off', 'is no JSON', (path) => writeFile(path, '{"id":')],
    ['empty', 'is no JSON', (path) => writeFile(path, '')],
    ['of nothing', 'is wrong at', (path) => writeFile(path, 'null')],
    ['without its figures', "is wrong at 'actual'", replaced('"actual"', '"actuel"')],
    ['with an unheard-of decision', "is wrong at 'decision'", replaced('accepted', 'excepted')],
    ['of another discrepancy', 'which its name does not', replaced(ID, '0'.repeat(16))],
    ['of another time', 'which its name does not', replaced('12:00:00', '12:00:01')],
    [
      'copied beside itself',
      'has a name that no acknowledgement has',
      (path) => copyFile(path, path.replace('.json', ' (1).json')),
    ],
  ])('%s', async (_title, clause, spoil) => {
    const path = pathOf(KEY);
    await spoil(path);
    for (const read of [inForce, () => takeBack(placeAt(NOON), word('undone'))]) {
      const fault = await read().catch((error: unknown) => error);
      expect(fault).toBeInstanceOf(Fault);
      const { code, message } = fault as Fault;
      expect(code).toBe('DESTINATION_UNREADABLE');
      expect(message).toContain(path.replace('.json', ''));
      expect(message).toContain(clause);
    }
  });

  test('by a member more, which a newer Tieout may write, is none', async () => {
    await replaced('"by"', '"ticket": "T-1", "by"')(pathOf(KEY));
    expect(await inForce()).toHaveLength(1);
  });
});

test('no more than the newest 400 periods are looked into', async () => {
  await books.publish('2025-10-17', [discrepancy()]);
  const newer = Array.from({ length: 399 }, (_, n) =>
    new Date(Date.UTC(2025, 9, 18 + n)).toISOString().slice(0, 10),
  );
  for (const day of newer) await books.publish(day, []);
  expect((await acknowledge(placeAt(NOON), word('old'))).record.id).toBe(ID);
  await takeBack(placeAt(NOON), word('not so'));
  await books.publish('2026-11-21', []);
  await expect(acknowledge(placeAt(NOON), word('old'))).rejects.toThrow(
    /in the 400 snapshots of org_1 .* of the 400 newest periods/,
  );
});
