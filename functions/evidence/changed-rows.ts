import {
  dayBounds,
  type LocalDay,
  previousDay,
  type TimeZone,
} from '../../lib/calendar/business-day.ts';
import type { SnapshotFile } from '../../lib/contract.ts';
import type { Instant } from '../../lib/model/instant.ts';
import type { CollectionName } from '../../lib/model/records.ts';
import { quoted } from '../../lib/reconcile/csv-text.ts';
import { type Layer, layeredRows, topmostRecords } from '../../lib/reconcile/layers.ts';
import { unguarded } from '../../lib/reconcile/tables.ts';
import type { WholeNight } from './carried.ts';
import type { Ground } from './ground.ts';
import { type KnownDay, recount } from './recount.ts';
import { reread } from './reread.ts';
import { readChanged } from './swept-rows.ts';
import { writeTables } from './table-files.ts';

/** A night sweeps a little more than the time since the one before: clocks differ. */
const OVERLAP_MS = 5 * 60_000;

/** What became of the days that earlier nights published. */
export interface Aftermath {
  /** changed-transactions.csv and its like. */
  readonly files: readonly SnapshotFile[];
  /** How many rows of each published day there are now. */
  readonly days: readonly KnownDay[];
}

/**
 * Brings the rows of earlier periods that are not what the nights say of them: those that changed
 * since, and those of a published day whose count differs. What is gone is asked for by its id.
 */
export async function bringChanged(
  ground: Ground,
  night: WholeNight,
  earlier: readonly Layer[],
): Promise<Aftermath> {
  const { station, run, changed, database, snapshot } = ground;
  await readChanged(station, run, sweptFrom(night, run.scope.firstDay as LocalDay), changed);
  const days = await recounted(ground, earlier);
  const layers = [changed.layer()];
  const wanted = (collection: CollectionName) =>
    `"businessDate" < ${quoted(run.scope.firstDay)} AND id IN (SELECT id FROM (
      ${topmostRecords(layers, collection, run.scope.addedColumns, 'true')}
      EXCEPT ${topmostRecords(earlier, collection, run.scope.addedColumns, isIn(layers, collection))}))`;
  const files = await writeTables(database, snapshot, run.scope, {
    source: 'changed',
    layers,
    wanted,
    always: true,
  });
  return { files, days };
}

/**
 * Since the night before began. After a missed day also what that day itself created: the night
 * before saw it, but it was later than its period.
 */
function sweptFrom({ day, manifest }: WholeNight, firstDay: LocalDay): Instant {
  const began = Date.parse(manifest.startedAt) as Instant;
  const ended = Date.parse(manifest.period.end) as Instant;
  return (Math.min(began, day === previousDay(firstDay) ? began : ended) - OVERLAP_MS) as Instant;
}

function isIn(layers: readonly Layer[], collection: CollectionName): string {
  return `id IN (SELECT id FROM ${layeredRows(layers, collection, [])})`;
}

/** Counts the published days again, and reads those again that have more rows, or fewer. */
async function recounted(ground: Ground, earlier: readonly Layer[]): Promise<readonly KnownDay[]> {
  const { station, run, changed } = ground;
  const zone = run.scope.timezone as TimeZone;
  const known = publishedDays(ground);
  const differing = await recount(station, zone, known);
  for (const { day, collection } of differing) {
    await reread(station, {
      collection,
      ...dayBounds(day, zone),
      take: (records) => changed.add(collection, records),
    });
    await askForMissing(ground, earlier, collection, day);
  }
  const now = new Map(differing.map((one) => [`${one.day} ${one.collection}`, one]));
  return known.map((one) => now.get(`${one.day} ${one.collection}`) ?? one);
}

/** The days whose nights are still there, with the rows that they have as far as is known. */
function publishedDays({ carried, chain }: Ground): readonly KnownDay[] {
  const nights = new Set<string>(chain.nights.map(({ day }) => day));
  return carried.published
    .filter(({ businessDate }) => nights.has(businessDate!))
    .map(({ businessDate, collection, rowCount }) => ({
      day: businessDate as LocalDay,
      collection: collection as CollectionName,
      rowCount: Number(rowCount),
    }));
}

/** Only its own GET says that a record is gone. */
async function askForMissing(
  { database, changed, fetched }: Ground,
  earlier: readonly Layer[],
  collection: CollectionName,
  day: LocalDay,
): Promise<void> {
  const idsOn = (layers: readonly Layer[]) =>
    `SELECT ${unguarded('id')} AS id FROM ${layeredRows(layers, collection, [])}
     WHERE "businessDate" = ${quoted(day)}`;
  const missing = await database.ask(
    `${idsOn(earlier)} EXCEPT ${idsOn([changed.layer()])} ORDER BY id`,
  );
  await fetched.fetch(
    collection,
    missing.map(({ id }) => id!),
  );
}
