import { join } from 'node:path';
import { type LocalDay, nextDay } from '../../lib/calendar/business-day.ts';
import type { RunPlan, SnapshotFile } from '../../lib/contract.ts';
import { TABLES } from '../../lib/model/records.ts';
import { snapshotPrefix } from '../../lib/object-keys.ts';
import { type Database, type DatabaseLimits, openDuckdb } from '../../lib/reconcile/duckdb.ts';
import type { LocalFile } from '../../lib/reconcile/files.ts';
import type { Layer, TableFiles } from '../../lib/reconcile/layers.ts';
import { directoryStore } from '../../lib/store/directory.ts';
import type { Store } from '../../lib/store/store.ts';
import type { CsvPlace } from '../csv-file.ts';
import { databaseLimits } from '../database-limits.ts';
import type { Station } from '../station.ts';
import { type Carried, carriedFrom, newestWhole, type WholeNight } from './carried.ts';
import { type Chain, type ChainNight, readChain } from './chain.ts';
import { createFetched, type Fetched } from './families.ts';
import { openPile, type Pile } from './pile.ts';

/** What a run stands on while it gathers what the rules need. */
export interface Ground {
  readonly station: Station;
  readonly run: RunPlan;
  readonly database: Database;
  readonly limits: DatabaseLimits;
  /** A folder of this machine's disk. */
  readonly folder: string;
  /** Where the snapshot's files go. */
  readonly snapshot: CsvPlace;
  /** Where files go that only this run reads. */
  readonly scratch: CsvPlace;
  readonly chain: Chain;
  /** The night of the chain that the run goes on from. */
  readonly night: WholeNight | undefined;
  readonly carried: Carried;
  /** The files of the period, on this machine's disk. */
  readonly files: readonly LocalFile[];
  /** The rows in them. */
  readonly period: Layer;
  /** Rows of earlier periods that changed. */
  readonly changed: Pile;
  readonly fetched: Fetched;
  close(): Promise<void>;
}

export async function openGround(
  station: Station,
  run: RunPlan,
  chain: Chain,
  files: readonly SnapshotFile[],
): Promise<Ground> {
  const { store, settings } = station;
  const { scope, view, runId } = run;
  const folder = join(station.scratch, runId);
  const prefix = snapshotPrefix(scope, view, runId);
  const csv = { csv: scope.csv, maxRows: settings.rowsPerFile };
  const night = view === '' ? await newestWhole(chain, priorBefore(run)) : undefined;
  const changed = await openPile(join(folder, 'changed'), scope);
  const fetched = await openPile(join(folder, 'fetched'), scope);
  const local = await localFiles(store, prefix, files, folder);
  const limits = databaseLimits(settings, join(folder, 'spill'));
  const database = await openDuckdb(limits);
  return {
    station,
    run,
    database,
    limits,
    folder,
    snapshot: { store, prefix, ...csv },
    scratch: { store: directoryStore(join(folder, 'survey')), prefix: '', ...csv },
    chain,
    night,
    carried: await carriedFrom(night),
    files: local,
    period: filesLayer(0, local, scope),
    changed,
    fetched: createFetched(station, fetched),
    async close() {
      database.close();
      await changed.close();
      await fetched.close();
    },
  };
}

/**
 * A day goes on from the night before it, also where it is run again: what it finds is as new as it
 * was then. A range goes on from the night of its last day, which knows since when things are so.
 */
function priorBefore({ scope }: RunPlan): LocalDay {
  const { firstDay, lastDay } = scope;
  return firstDay === lastDay ? (firstDay as LocalDay) : nextDay(lastDay as LocalDay);
}

export function openChain(station: Station, run: RunPlan): Promise<Chain> {
  const { settings, store, scratch } = station;
  const question = {
    scope: run.scope,
    before: priorBefore(run),
    dayCount: run.view === '' ? settings.recountDays : 0,
  };
  return readChain(store, question, join(scratch, 'nights'));
}

/** A snapshot's files by their names, on this machine's disk. */
export async function localFiles(
  store: Store,
  prefix: string,
  files: readonly SnapshotFile[],
  folder: string,
): Promise<readonly LocalFile[]> {
  const copies = join(folder, 'snapshot');
  return Promise.all(
    files.map(async ({ name }) => ({
      name,
      path: await store.local(prefix === '' ? name : `${prefix}/${name}`, copies),
    })),
  );
}

const ROWS = new RegExp(`^(changed-)?(${TABLES.join('|')})(-\\d+)?\\.csv$`);

/**
 * What nights said, the later above the earlier: together the known state of every row they read. A
 * night with a damaged file is left out, and told.
 */
export async function nightLayers(
  chain: Chain,
  nights: readonly ChainNight[],
): Promise<readonly Layer[]> {
  const layers: Layer[] = [];
  for (const [at, night] of nights.toReversed().entries()) {
    const files = await chain.files(night, (name) => ROWS.test(name));
    if (files) layers.push(filesLayer(at + 1, files, night.manifest.scope));
  }
  return layers;
}

export function filesLayer(
  number: number,
  files: readonly LocalFile[],
  { csv, addedColumns }: RunPlan['scope'],
): Layer {
  return {
    number,
    table(table) {
      const own = files.filter(({ name }) => ROWS.exec(name)?.[2] === table);
      const paths = own.map(({ path }) => path);
      return [{ paths, csv, addedColumns }] satisfies readonly TableFiles[];
    },
  };
}
