import type { SnapshotFile } from '../../lib/contract.ts';
import { unguard } from '../../lib/model/guard.ts';
import { COLLECTIONS, type CollectionName } from '../../lib/model/records.ts';
import { quoted } from '../../lib/reconcile/csv-text.ts';
import { type Layer, layeredRows } from '../../lib/reconcile/layers.ts';
import { kinIds, recordIds } from '../../lib/reconcile/named-ids.ts';
import { unguarded } from '../../lib/reconcile/tables.ts';
import type { Confirmed } from './confirm.ts';
import type { Ground } from './ground.ts';
import { fillIdTable } from './id-table.ts';
import { absentIds, type Inputs, writeInputs } from './inputs.ts';
import type { JudgedDays } from './judged-days.ts';
import { writeTables } from './table-files.ts';

/** Rows of this run and of the nights before it. */
export interface Sight {
  /** The period's, and those that changed. */
  readonly tonight: readonly Layer[];
  readonly earlier: readonly Layer[];
}

/**
 * Writes what helps to judge, or is judged beside the rows of the run itself: records fetched by
 * id, what nights knew of the rows that changed, and the tables of `inputs/`. So little of the
 * known state is enough for who judges the snapshot again.
 */
export async function writeEvidence(
  ground: Ground,
  sight: Sight,
  inputs: Inputs,
  { agedIds }: Confirmed,
): Promise<readonly SnapshotFile[]> {
  const { database, run, snapshot, fetched } = ground;
  const layers = [fetched.pile.layer()];
  const aged = `${unguarded('id')} IN (SELECT id FROM aged_ids)`;
  await fillIdTable(database, 'aged_ids', agedIds);
  await listWanted(ground, sight, inputs);
  const write = (question: Parameters<typeof writeTables>[3]) =>
    writeTables(database, snapshot, run.scope, question);
  return [
    ...(await write({ source: 'context', layers, wanted: () => `NOT (${aged})` })),
    ...(await write({ source: 'aged', layers, wanted: () => aged })),
    ...(await write({ source: 'earlier', layers: sight.earlier, wanted: isWanted })),
    ...(await writeInputs(snapshot, { ...inputs, absent: absentIds(ground) })),
  ];
}

/** Writes the same with all that is known of the days that are looked at again: for this run only. */
export async function writeSurvey(
  ground: Ground,
  sight: Sight,
  inputs: Inputs,
  days: JudgedDays,
): Promise<readonly SnapshotFile[]> {
  const { database, run, scratch, fetched } = ground;
  await listWanted(ground, sight, inputs);
  const on = (some: readonly string[]) =>
    `"businessDate" IN (${some.map(quoted).join(', ') || "''"})`;
  // Credits are few, and what they were spent on may be weeks old.
  const others = (collection: CollectionName) =>
    collection === 'credit-memos' ? `NOT ${on(days.aged)}` : on(days.others);
  const write = (question: Parameters<typeof writeTables>[3]) =>
    writeTables(database, scratch, run.scope, question);
  return [
    ...(await write({
      source: 'context',
      layers: [fetched.pile.layer()],
      wanted: () => 'true',
    })),
    ...(await write({
      source: 'aged',
      layers: sight.earlier,
      wanted: (collection) => `${on(days.aged)} AND NOT ${isTonight(collection)}`,
    })),
    ...(await write({
      source: 'earlier',
      layers: sight.earlier,
      wanted: (collection) =>
        `${isWanted(collection)} OR ${others(collection)} AND NOT ${isTonight(collection)}`,
    })),
    ...(await writeInputs(scratch, { ...inputs, absent: absentIds(ground) })),
  ];
}

function isWanted(collection: CollectionName): string {
  return `${unguarded('id')} IN (SELECT id FROM wanted WHERE collection = ${quoted(collection)})`;
}

function isTonight(collection: CollectionName): string {
  return `${unguarded('id')} IN (SELECT id FROM tonight WHERE collection = ${quoted(collection)})`;
}

/** Lists the records of this run, and those of earlier nights that are kin to them: once for all. */
export async function listRecords(
  { database }: Ground,
  { tonight, earlier }: Sight,
): Promise<void> {
  await database.run(
    `CREATE TABLE tonight AS ${each(
      (collection) =>
        `SELECT '${collection}' AS collection, id FROM (${recordIds(tonight, collection)})`,
    )}`,
  );
  await database.run(`CREATE TABLE kin AS ${kinIds(tonight, earlier)}`);
}

/**
 * Lists the records of which the snapshot has to hold what nights knew: published ones that changed,
 * those of open discrepancies, those that are gone, and the kin of tonight's memos and refunds.
 */
async function listWanted(ground: Ground, { tonight }: Sight, inputs: Inputs): Promise<void> {
  const { database } = ground;
  const days = inputs.published.map(({ businessDate }) => quoted(businessDate!)).join(', ') || "''";
  await database.run(
    `CREATE OR REPLACE TABLE wanted AS ${each(
      (collection) => `SELECT '${collection}' AS collection, ${unguarded('id')} AS id
      FROM ${layeredRows(tonight.slice(1), collection, [])} WHERE "businessDate" IN (${days})`,
    )}`,
  );
  await fillIdTable(database, 'named', namedBefore(ground, inputs));
  await database.run(`INSERT INTO wanted
    (SELECT collection, id FROM kin UNION ${each((collection) => `SELECT '${collection}', id FROM named`)})
    EXCEPT SELECT collection, id FROM tonight`);
}

function each(select: (collection: CollectionName) => string): string {
  return COLLECTIONS.map(select).join(' UNION ');
}

/** Records that earlier discrepancies are about, and those that are gone. */
function namedBefore({ fetched }: Ground, inputs: Inputs): readonly string[] {
  const open = inputs['prior-discrepancies'].flatMap(({ recordId, relatedIds }) => [
    unguard(recordId!),
    ...unguard(relatedIds!).split(' '),
  ]);
  return [...open, ...[...fetched.absent.values()].flatMap((ids) => [...ids])];
}
