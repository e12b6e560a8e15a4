import { type LocalDay, previousDay } from '../lib/calendar/business-day.ts';
import {
  type Latest,
  latestKey,
  MANIFEST_NAME,
  type Manifest,
  type Predecessor,
  type RunPlan,
  snapshotPrefix,
} from '../lib/contract.ts';
import { Fault } from '../lib/model/fault.ts';
import {
  CONTROL_TOTAL_COLUMNS,
  carriedForward,
  type RollForward,
} from '../lib/snapshot/control-totals.ts';
import { readManifest } from '../lib/snapshot/manifest.ts';
import { createReceipt, receiptDifference } from '../lib/snapshot/receipt.ts';
import { tableRows } from '../lib/snapshot/table-rows.ts';
import type { Store } from '../lib/store/store.ts';
import { readSmall } from './small-object.ts';

export const CONTROL_TOTALS = 'control-totals';

/** What a snapshot goes on from. */
export interface Before {
  readonly predecessor: Predecessor | null;
  /** Undefined for a view, which stands alone. */
  readonly roll: RollForward | undefined;
}

/** The snapshot that counts of the business day before the period, and what it carried forward. */
export async function before(store: Store, { scope, view }: RunPlan): Promise<Before> {
  if (view !== '') return { predecessor: null, roll: undefined };
  const { firstDay, lastDay } = scope;
  const found = await snapshotOf(store, scope, previousDay(firstDay as LocalDay));
  if (!found) {
    return { predecessor: null, roll: { firstDay, lastDay, broughtForward: undefined } };
  }
  const { runId, digest, scope: theirs } = found.manifest;
  return {
    predecessor: { period: theirs.firstDay, runId, digest },
    roll: { firstDay, lastDay, broughtForward: carriedForward(await totalsOf(found)) },
  };
}

/** What is brought forward is taken from the bytes that were published, or from none. */
async function totalsOf({ manifest, address, read }: Found): Promise<readonly string[][]> {
  const files = manifest.files.filter(({ table }) => table === CONTROL_TOTALS);
  const contents = new Map<string, Buffer>();
  for (const file of files) {
    const bytes = Buffer.concat(await Array.fromAsync(read(file.name)));
    const found = createReceipt();
    found.add(bytes, file.rowCount);
    const difference = receiptDifference(file, found.receipt());
    if (difference !== '') throw damaged(`${address}/${file.name}`, difference);
    contents.set(file.name, bytes);
  }
  const snapshot = {
    list: async function* () {},
    read: async function* (name: string) {
      yield contents.get(name)!;
    },
  };
  const rows: string[][] = [];
  for await (const row of tableRows(snapshot, manifest, CONTROL_TOTALS)) {
    rows.push(CONTROL_TOTAL_COLUMNS.map((column) => row.cell(column)));
  }
  return rows;
}

function damaged(path: string, difference: string): Fault {
  return new Fault(
    'SNAPSHOT_DAMAGED',
    `The snapshot of the day before cannot be gone on from: '${path}' ${difference}.`,
    'Restore it from a copy, or run that day again, and then this one.',
  );
}

interface Found {
  readonly manifest: Manifest;
  readonly address: string;
  read(name: string): AsyncIterable<Uint8Array>;
}

async function snapshotOf(
  store: Store,
  { organizationId }: RunPlan['scope'],
  day: LocalDay,
): Promise<Found | undefined> {
  const scope = { organizationId, firstDay: day, lastDay: day };
  const key = latestKey(scope);
  const latest = await store.text(key);
  if (latest === undefined) return undefined;
  const prefix = snapshotPrefix(scope, '', readSmall<Latest>(store, key, latest).runId);
  const text = await store.text(`${prefix}/${MANIFEST_NAME}`);
  if (text === undefined) return undefined;
  const manifest = readManifest(text);
  const address = store.locate(prefix);
  return { manifest, address, read: (name) => store.read(`${prefix}/${name}`) };
}
