import type { Instant } from '../../lib/model/instant.ts';
import { COLLECTIONS, type CollectionName, type JsonObject } from '../../lib/model/records.ts';
import { GATEWAYS } from '../../lib/simulator/gateways.ts';
import type { Table, World } from '../../lib/simulator/table.ts';
import type { Cells } from './night.ts';
import type { SnapshotWriter } from './snapshot-writer.ts';

/** As many as a page of the API holds. */
const BATCH = 1_000;
const DAY_MS = 86_400_000;

/** What a run publishes: rows created in `[start, end)`, as they stand; all when left out. */
interface Look {
  readonly asOf: Instant;
  readonly start?: Instant;
  readonly end?: Instant;
}

/** One look at a world, as a run over these days would publish it. */
export function writeWorld(writer: SnapshotWriter, world: World, look: Look): void {
  const { asOf } = look;
  const missing = createMissing(world, asOf);
  for (const collection of COLLECTIONS) {
    for (const records of batches(tableOf(world, collection), look)) {
      for (const record of records) missing.look(record);
      writer.write('period', collection, records);
    }
  }
  writer.input('gateways', gateways());
  writer.input('absent', missing.absent());
}

/** What was published at first, and what of it changed, went or came until a second look. */
export function writeSecondLook(
  writer: SnapshotWriter,
  world: World,
  [first, then]: readonly [Instant, Instant],
): void {
  const absent: Cells[] = [];
  for (const collection of COLLECTIONS) {
    const table = tableOf(world, collection);
    const end = table.firstAt(first);
    const [before, after] = [first, then].map((at) => new Set(table.missingAt?.(at)));
    for (let from = 0; from < end; from += BATCH) {
      const earlier: JsonObject[] = [];
      const changed: JsonObject[] = [];
      for (let index = from; index < Math.min(end, from + BATCH); index += 1) {
        const [old, fresh] = [table.text(index, first), table.text(index, then)];
        const was = !before!.has(index);
        const is = !after!.has(index);
        if (was) earlier.push(JSON.parse(old) as JsonObject);
        if (was && !is) absent.push({ collection, id: String(JSON.parse(old).id) });
        if (is && (!was || old !== fresh)) changed.push(JSON.parse(fresh) as JsonObject);
      }
      writer.write('earlier', collection, earlier);
      writer.write('changed', collection, changed);
    }
  }
  writer.input('absent', absent);
}

function tableOf(world: World, collection: CollectionName): Table {
  return collection === 'transactions' ? world.transactions : world.creditMemos;
}

/** Every row that is returned at the instant, a page at a time. */
function* batches(table: Table, look: Look): Iterable<readonly JsonObject[]> {
  const { asOf } = look;
  const from = look.start === undefined ? 0 : table.firstAt(look.start);
  const end = table.firstAt(look.end ?? asOf);
  const missing = new Set(table.missingAt?.(asOf));
  let batch: JsonObject[] = [];
  for (let index = from; index < end; index += 1) {
    if (!missing.has(index)) batch.push(table.row(index, asOf));
    if (batch.length === BATCH || index === end - 1) {
      yield batch;
      batch = [];
    }
  }
}

/** What the API's own GET would say 404 to: transactions that rows name and that are not there. */
function createMissing({ transactions }: World, asOf: Instant) {
  const hidden = new Set(transactions.missingAt?.(asOf));
  const end = transactions.firstAt(asOf);
  const absent = new Set<string>();
  const ask = (id: string | null | undefined) => {
    if (!id) return;
    const index = transactions.indexOf(id);
    if (index === undefined || index >= end || hidden.has(index)) absent.add(id);
  };
  return {
    look(record: JsonObject) {
      const { parentTransactionId, childTransactions, allocations } = record as Named;
      ask(parentTransactionId);
      for (const id of childTransactions ?? []) ask(id);
      for (const { transactionId } of allocations?.transactions ?? []) ask(transactionId);
    },
    absent: (): Cells[] => [...absent].map((id) => ({ collection: 'transactions', id })),
  };
}

interface Named {
  readonly parentTransactionId?: string | null;
  readonly childTransactions?: readonly string[];
  readonly allocations?: { readonly transactions: readonly { readonly transactionId: string }[] };
}

/** What the last thirty nights told of each account. */
export function gateways(): Cells[] {
  return GATEWAYS.map(({ id, reconciles, settles }) => ({
    gatewayAccountId: id,
    reconciles: String(reconciles),
    settles: String(settles),
  }));
}

/** Days of which the chain has a snapshot. */
export function publishedDays(start: number, dayCount: number): Cells[] {
  return Array.from({ length: dayCount }, (_, number) => dateOf(start + number * DAY_MS)).flatMap(
    (businessDate) =>
      COLLECTIONS.map((collection) => ({
        ...{ businessDate, collection, state: 'provisional', since: businessDate },
      })),
  );
}

/** Payments of each day before an instant, as the chain's snapshots counted them. */
export function volumesBefore(world: World, end: Instant, asOf: Instant): Cells[] {
  const counts = new Map<string, number>();
  for (const records of batches(world.transactions, { asOf, end })) {
    for (const { createdTime, type, status, result } of records) {
      const isMoneyIn = result === 'approved' && (type === 'sale' || type === 'capture');
      if (!isMoneyIn || status === 'voided') continue;
      const day = String(createdTime).slice(0, 10);
      counts.set(day, (counts.get(day) ?? 0) + 1);
    }
  }
  return [...counts].map(([businessDate, count]) => ({ businessDate, moneyInCount: `${count}` }));
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
