import { recordOf } from '../../lib/model/api-record.ts';
import type { Instant } from '../../lib/model/instant.ts';
import { COLLECTIONS, type JsonObject } from '../../lib/model/records.ts';
import type { SourceName } from '../../lib/reconcile/files.ts';
import { ROSTER } from '../../lib/reconcile/roster.ts';
import type { Table, World } from '../../lib/simulator/table.ts';
import { createShaper } from '../../lib/snapshot/shape.ts';
import { USUAL } from '../snapshot/csv-tables.ts';
import { shapedRows } from '../snapshot/shaped-rows.ts';
import { type Cells, judgedNight, type Night, type Rows } from './night.ts';
import { gateways } from './world-files.ts';

/** A business day of a simulated world, judged by hand at an instant, with the rest as context. */
export function judgedDay(world: World, day: string, asOf: Instant, night: Partial<Night> = {}) {
  const start = Date.parse(`${day}T00:00:00Z`) as Instant;
  const end = (start + 86_400_000) as Instant;
  const tables = { transactions: world.transactions, 'credit-memos': world.creditMemos };
  const rows: Rows[] = [];
  const records: JsonObject[] = [];
  for (const collection of COLLECTIONS) {
    const all = recordsOf(tables[collection], asOf);
    records.push(...all);
    const isOfDay = (record: JsonObject) =>
      Date.parse(String(record['createdTime'])) >= start &&
      Date.parse(String(record['createdTime'])) < end;
    const shape = (source: SourceName, some: readonly JsonObject[]) => {
      const shaper = createShaper(collection, { timezone: 'UTC', addedColumns: [], csv: USUAL });
      for (const { table, rows: shaped } of shapedRows(shaper, some.map(recordOf))) {
        rows.push({ source, table, rows: [], shaped });
      }
    };
    shape('period', all.filter(isOfDay));
    shape(
      'context',
      all.filter((record) => !isOfDay(record)),
    );
  }
  return judgedNight({
    rows,
    judgedAt: new Date(asOf).toISOString(),
    isNight: false,
    scope: { firstDay: day, lastDay: day },
    ...night,
    inputs: { gateways: gateways(), absent: absentees(records), ...night.inputs },
  });
}

function recordsOf(table: Table, asOf: Instant): JsonObject[] {
  const missing = new Set(table.missingAt?.(asOf) ?? []);
  return Array.from({ length: table.firstAt(asOf) }, (_, index) => index)
    .filter((index) => !missing.has(index))
    .map((index) => table.row(index, asOf));
}

/** The second look at a published day: what changed since, what is gone, what is there now. */
export function judgedAgain(world: World, day: string, first: Instant, then: Instant) {
  const start = Date.parse(`${day}T00:00:00Z`);
  const isOfDay = ({ createdTime }: JsonObject) => {
    const created = Date.parse(String(createdTime));
    return created >= start && created < start + 86_400_000;
  };
  const rows: Rows[] = [];
  const absent: Cells[] = [];
  const tables = { transactions: world.transactions, 'credit-memos': world.creditMemos };
  for (const collection of COLLECTIONS) {
    const before = recordsOf(tables[collection], first).filter(isOfDay);
    const after = recordsOf(tables[collection], then).filter(isOfDay);
    const textOf = new Map(before.map((record) => [record['id'], JSON.stringify(record)]));
    const ids = new Set(after.map(({ id }) => id));
    const gone = before.filter(({ id }) => !ids.has(id));
    absent.push(...gone.map(({ id }) => ({ collection, id: String(id) })));
    const changed = after.filter((record) => textOf.get(record['id']) !== JSON.stringify(record));
    for (const [source, records] of [
      ['earlier', before],
      ['changed', changed],
    ] as const) {
      const shaper = createShaper(collection, { timezone: 'UTC', addedColumns: [], csv: USUAL });
      for (const { table, rows: shaped } of shapedRows(shaper, records.map(recordOf))) {
        rows.push({ source, table, rows: [], shaped });
      }
    }
  }
  const published = COLLECTIONS.map((collection) => ({
    businessDate: day,
    collection,
    state: 'provisional',
    since: day,
  }));
  const next = new Date(then).toISOString();
  return judgedNight({
    rows,
    judgedAt: next,
    scope: { firstDay: next.slice(0, 10), lastDay: next.slice(0, 10) },
    roster: ROSTER.filter(({ nature, collection }) => nature === 'event' && collection !== 'days'),
    inputs: { absent, published },
  });
}

/** What a look-up by id would not find: transactions that are named and are not there. */
function absentees(records: readonly JsonObject[]): Cells[] {
  const known = new Set(records.map(({ id }) => String(id)));
  const named = records.flatMap((record) => {
    const { parentTransactionId, childTransactions, allocations } = record as Named;
    const listed = Array.isArray(childTransactions) ? childTransactions : [];
    const paid = (allocations?.transactions ?? []).map(({ transactionId }) => transactionId);
    return [parentTransactionId, ...listed, ...paid];
  });
  const missing = new Set(named.filter((id) => id && !known.has(id)));
  return [...missing].map((id) => ({ collection: 'transactions', id: id! }));
}

interface Named {
  readonly parentTransactionId?: string | null;
  /** An odd world sends text, or null. */
  readonly childTransactions?: readonly string[] | string | null;
  readonly allocations?: {
    readonly transactions: readonly { readonly transactionId: string }[] | null;
  } | null;
}
