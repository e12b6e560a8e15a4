import { Fault } from '../model/fault.ts';
import { type EpochSecond, secondText } from '../model/instant.ts';
import type { CollectionName } from '../model/records.ts';
import { readDenseSecond } from './dense-second.ts';
import { joinFilters } from './filter.ts';
import { checkOrder, type Row } from './row.ts';
import { PAGE_LIMIT, type Questions } from './source.ts';

export interface SweepQuestion {
  readonly collection: CollectionName;
  /** Changes from this second on. */
  readonly since: EpochSecond;
  /** Of rows created up to this second, both included. */
  readonly createdUpTo: EpochSecond;
}

/**
 * A page is read far faster than a shop changes a thousand rows; a sweep that is still behind after
 * so many pages runs after a server that touches its rows without end.
 */
const MOST_PAGES = 20_000;

const FIELD = 'updatedTime';

/**
 * Reads the rows that changed since an instant, in the order in which they changed, until an answer
 * holds all that is left: that answer alone is a proof. A row that is touched while the sweep goes
 * on comes again behind it, with a higher revision.
 */
export async function* sweep(
  source: Questions,
  { collection, since, createdUpTo }: SweepQuestion,
): AsyncGenerator<readonly Row[], void> {
  const older = `createdTime:..${secondText(createdUpTo)}`;
  let cursor = since;
  for (let pages = 1; pages <= MOST_PAGES; pages += 1) {
    const { rows, total } = await source.page({
      collection,
      filter: joinFilters(`${FIELD}:${secondText(cursor)}..`, older),
      sort: FIELD,
      field: FIELD,
      limit: PAGE_LIMIT,
      offset: 0,
    });
    checkOrder(collection, rows, cursor);
    if (total === rows.length) {
      if (rows.length > 0) yield rows;
      return;
    }
    const last = rows.at(-1)!.time.second;
    const complete = rows.filter((row) => row.time.second < last);
    if (complete.length > 0) {
      yield complete;
      cursor = last;
    } else {
      yield await readDenseSecond(source, {
        collection,
        field: FIELD,
        second: last,
        filter: older,
      });
      cursor = (last + 1) as EpochSecond;
    }
  }
  throw new Fault(
    'INCOMPLETE',
    `${collection} changed faster than ${MOST_PAGES} pages could be read since ${secondText(since)}.`,
    'Nothing was published; run again when the shop is quieter.',
  );
}
