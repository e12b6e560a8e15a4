import type { Instant } from '../../lib/model/instant.ts';
import { COLLECTIONS, type CollectionName, type JsonObject } from '../../lib/model/records.ts';
import { GATEWAYS } from '../../lib/simulator/gateways.ts';
import type { Table, World } from '../../lib/simulator/table.ts';
import type { Cells } from './night.ts';
import type { SnapshotWriter } from './snapshot-writer.ts';

/** As many as a page of the API holds. */
const BATCH = 1_000;

/** One look at a whole world, as a run over all its days would publish it. */
export function writeWorld(writer: SnapshotWriter, world: World, asOf: Instant): void {
  const missing = createMissing(world, asOf);
  for (const collection of COLLECTIONS) {
    for (const records of batches(tableOf(world, collection), asOf)) {
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
function* batches(table: Table, asOf: Instant): Iterable<readonly JsonObject[]> {
  const end = table.firstAt(asOf);
  const missing = new Set(table.missingAt?.(asOf));
  let batch: JsonObject[] = [];
  for (let index = 0; index < end; index += 1) {
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
