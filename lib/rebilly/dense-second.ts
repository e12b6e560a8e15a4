import { Fault } from '../model/fault.ts';
import { type EpochSecond, secondText } from '../model/instant.ts';
import type { CollectionName } from '../model/records.ts';
import { joinFilters, timeRange } from './filter.ts';
import { type Row, RowSet, type TimeField } from './row.ts';
import { DIMENSIONS, type Slice, split } from './slice.ts';
import { OFFSET_LIMIT, PAGE_LIMIT, type Questions } from './source.ts';

export interface DenseSecond {
  readonly collection: CollectionName;
  /** The time that is read by. */
  readonly field: TimeField;
  readonly second: EpochSecond;
  /** The user's own filter, or ''. */
  readonly filter: string;
}

/** Rounds of repeated reading where nothing can be sliced any more. */
const MOST_ROUNDS = 8;

/**
 * Slices of one second. A second of 100,000 rows takes some 300; a server that does not heed a
 * slicing term would take for ever.
 */
const MOST_SLICES = 5000;

/** Sort orders that show other rows first (contract 3.3); each is read in both directions. */
const ORDERS: Readonly<Record<CollectionName, readonly string[]>> = {
  transactions: ['createdTime', 'customerId', 'amount', 'updatedTime'],
  'credit-memos': ['createdTime', 'updatedTime', 'currency'],
};

/**
 * Reads a second that holds more rows than one answer shows. Within it no order is stable, so it is
 * cut by fields that never change until each slice fits one answer: an answer is consistent in
 * itself. What no slice shows (nulls) is read again and again. It returns only with as many
 * distinct rows as the second counts; it never truncates.
 */
export async function readDenseSecond(source: Questions, dense: DenseSecond): Promise<Row[]> {
  const { collection, second } = dense;
  const reader = createReader(source, dense, await tightestRange(source, dense));
  const { ids, counted } = await reader.readSlice([], 0);
  if (ids.size < counted) throw tooDense(dense, `${ids.size} of ${counted}`);
  const countedAgain = await source.count(collection, reader.filterOf([]));
  // More rows than were counted are rows that came meanwhile: the lane is read again.
  if (ids.size !== counted || countedAgain !== counted) {
    throw new Fault(
      'INCOMPLETE',
      `${collection} of the second ${secondText(second)}: ${ids.size} rows received, ${counted} ` +
        `counted before and ${countedAgain} after.`,
      'Nothing was published; run again with --resume.',
    );
  }
  return reader.rows.within(second);
}

/**
 * Times may carry fractions, so a second is asked for as `S..S+1`. Where `S..S` and `S+1..S+1`
 * count as much together there are none, and the next second's rows need not be read along.
 */
async function tightestRange(source: Questions, dense: DenseSecond): Promise<string> {
  const { collection, field, second, filter } = dense;
  const next = (second + 1) as EpochSecond;
  const count = (from: EpochSecond, to: EpochSecond) =>
    source.count(collection, joinFilters(timeRange(field, from, to), filter));
  const [both, here, there] = await Promise.all([
    count(second, next),
    count(second, second),
    count(next, next),
  ]);
  return timeRange(field, second, here + there === both ? second : next);
}

/** What a slice counts, and the rows of it that were seen. */
interface Seen {
  readonly counted: number;
  readonly ids: Set<string>;
}

function createReader(source: Questions, dense: DenseSecond, range: string) {
  const { collection, field, filter } = dense;
  const rows = new RowSet();
  let slices = 0;

  function filterOf(terms: Slice): string {
    return joinFilters(range, filter, ...terms.map(({ field, value }) => `${field}:${value}`));
  }

  async function ask(terms: Slice, sort: string, offset: number) {
    const question = {
      collection,
      filter: filterOf(terms),
      sort,
      field,
      limit: PAGE_LIMIT,
      offset,
    };
    const { rows: found, total } = await source.page(question);
    rows.add(found);
    return { total, found };
  }

  /** Reads a slice, cutting it as often as it takes. What its parts leave out is read again. */
  async function readSlice(terms: Slice, dimension: number): Promise<Seen> {
    slices += 1;
    if (slices > MOST_SLICES) throw tooDense(dense, `after ${MOST_SLICES} slices ${rows.size}`);
    const { total, found } = await ask(terms, field, 0);
    const seen = { counted: total, ids: new Set(found.map((row) => row.id)) };
    if (seen.ids.size === total) return seen;
    const cut = split(DIMENSIONS[collection], terms, dimension, found, filter);
    for (const part of cut?.parts ?? []) {
      const { ids } = await readSlice(part, cut!.dimension);
      for (const id of ids) seen.ids.add(id);
    }
    if (seen.ids.size < total) await readRepeatedly(terms, seen);
    return seen;
  }

  async function readRepeatedly(terms: Slice, seen: Seen): Promise<void> {
    const orders = ORDERS[collection].flatMap((field) => [field, `-${field}`]);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      for (const offset of [0, OFFSET_LIMIT]) {
        const { found } = await ask(terms, orders[round % orders.length]!, offset);
        for (const row of found) seen.ids.add(row.id);
        if (seen.ids.size >= seen.counted) return;
      }
    }
  }

  return { rows, filterOf, readSlice };
}

function tooDense({ collection, second }: DenseSecond, received: string): Fault {
  return new Fault(
    'SECOND_TOO_DENSE',
    `${collection} of the second ${secondText(second)}: ${received} rows could be read.`,
    'The API shows no more of one second: ask Rebilly for a data export of this day.',
  );
}
