import type { ApiRecord } from '../model/api-record.ts';
import { Fault } from '../model/fault.ts';
import type { CollectionName } from '../model/records.ts';
import { isPlainValue, LONGEST_FILTER } from './filter.ts';
import type { Row } from './row.ts';
import { checkAskable, PAGE_LIMIT, type Source } from './source.ts';

export interface Found {
  readonly records: ReadonlyMap<string, ApiRecord>;
  /** Ids of which the API itself said that there is no such record. */
  readonly absent: ReadonlySet<string>;
}

/**
 * Fetches records by id. Ids stand together in one filter as far as its grammar can carry them
 * (`@` in front names a list, `..` is a range); the others, and all of them where the API does not
 * filter by id, go one by one. An id that a list did not show is asked for alone before it counts
 * as absent.
 */
export async function lookup(
  source: Source,
  collection: CollectionName,
  ids: readonly string[],
): Promise<Found> {
  const records = new Map<string, ApiRecord>();
  const absent = new Set<string>();
  const wanted = [...new Set(ids)];
  wanted.forEach(checkAskable);
  for (const list of listsOf(wanted.filter(isPlainValue))) {
    const shown = await readList(source, collection, list);
    if (shown === 'refused') break;
    for (const { id, record } of shown) {
      if (list.includes(id)) records.set(id, record);
    }
  }
  const alone = wanted.filter((id) => !records.has(id));
  await Promise.all(
    alone.map(async (id) => {
      const record = await source.record(collection, id);
      if (record) records.set(id, record);
      else absent.add(id);
    }),
  );
  return { records, absent };
}

/** Lists that fit one filter and one page. */
function listsOf(ids: readonly string[]): string[][] {
  const lists: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const id of ids) {
    length += id.length + 1;
    if (length > LONGEST_FILTER || lists.at(-1)!.length >= PAGE_LIMIT) {
      lists.push([]);
      length = 'id:'.length + id.length;
    }
    lists.at(-1)!.push(id);
  }
  return lists;
}

async function readList(
  source: Source,
  collection: CollectionName,
  ids: readonly string[],
): Promise<readonly Row[] | 'refused'> {
  const question = { collection, filter: `id:${ids.join(',')}`, sort: 'createdTime' };
  try {
    return (await source.page({ ...question, limit: PAGE_LIMIT, offset: 0 })).rows;
  } catch (error) {
    // Nothing documents that `id` can be filtered by: where it cannot, single GETs can.
    if (error instanceof Fault && error.code === 'REQUEST_REFUSED') return 'refused';
    throw error;
  }
}
