import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../../lib/model/instant.ts';
import type { World } from '../../../lib/simulator/table.ts';
import type { Row } from '../seen.ts';
import { booksAt, type Finding } from './books.ts';

/** What a person finds who lays the records of a period of one night beside those of the next. */
export function changesBetween(
  world: World,
  period: { readonly start: Instant; readonly end: Instant },
  [before, after]: readonly [Instant, Instant],
): Finding[] {
  const [old, fresh] = [booksAt(world, before), booksAt(world, after)];
  const isOfPeriod = (row: Row) => {
    const at = Date.parse(row['createdTime']);
    return at >= period.start && at < period.end;
  };
  return [
    ...compare('transactions', old.rows.filter(isOfPeriod), fresh.rows.filter(isOfPeriod)),
    ...compare('credit-memos', old.memos.filter(isOfPeriod), fresh.memos.filter(isOfPeriod)),
  ].sort();
}

function compare(collection: string, old: readonly Row[], fresh: readonly Row[]): Finding[] {
  const [before, after] = [old, fresh].map((rows) => new Map(rows.map((row) => [row['id'], row])));
  const both = fresh.filter((row) => before!.has(row['id']));
  const found = (rule: string, rows: readonly Row[]) =>
    rows.map((row) => `${rule} ${collection} ${row['id']}`);
  return [
    ...found(
      'vanished',
      old.filter((row) => !after!.has(row['id'])),
    ),
    ...found(
      'appeared',
      fresh.filter((row) => !before!.has(row['id'])),
    ),
    ...found(
      'restated',
      both.filter((row) => isCorrection(before!.get(row['id'])!, row)),
    ),
    ...found(
      'revision-went-back',
      both.filter((row) => isBackwards(before!.get(row['id'])!, row)),
    ),
  ];
}

/** From one to a later one is life; whoever goes back was corrected. */
const WAYS = [
  ['issued', 'partially-applied', 'applied', 'voided'],
  ['completed', 'partially-refunded', 'refunded'],
];

export function isStatusBackwards(old: string, fresh: string): boolean {
  return WAYS.some((way) => way.includes(fresh) && way.indexOf(fresh) < way.indexOf(old));
}

const FINAL = ['amount', 'currency', 'type', 'parentTransactionId', 'customerId', 'totalAmount'];

function isCorrection(old: Row, fresh: Row): boolean {
  const isSettledAnew = old['settlementTime'] && old['settlementTime'] !== fresh['settlementTime'];
  const isDecidedAnew = old['result'] !== 'unknown' && old['result'] !== fresh['result'];
  return (
    FINAL.some((name) => old[name] !== fresh[name]) ||
    isDecidedAnew ||
    isSettledAnew ||
    isStatusBackwards(old['status'], fresh['status'])
  );
}

function isBackwards(old: Row, fresh: Row): boolean {
  const fell = fresh['revision'] < old['revision'];
  return fell || (fresh['revision'] === old['revision'] && !isDeepStrictEqual(old, fresh));
}
