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
import {
  CONTROL_TOTAL_COLUMNS,
  carriedForward,
  type RollForward,
} from '../lib/snapshot/control-totals.ts';
import { readManifest } from '../lib/snapshot/manifest.ts';
import { tableRows } from '../lib/snapshot/table-rows.ts';
import type { Store } from '../lib/store/store.ts';

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
  const { manifest, read } = found;
  const rows: string[][] = [];
  const bytes = { read, list: async function* () {} };
  for await (const row of tableRows(bytes, manifest, CONTROL_TOTALS)) {
    rows.push(CONTROL_TOTAL_COLUMNS.map((column) => row.cell(column)));
  }
  const { runId, digest } = manifest;
  return {
    predecessor: { period: manifest.scope.firstDay, runId, digest },
    roll: { firstDay, lastDay, broughtForward: carriedForward(rows) },
  };
}

interface Found {
  readonly manifest: Manifest;
  read(name: string): AsyncIterable<Uint8Array>;
}

async function snapshotOf(
  store: Store,
  { organizationId }: RunPlan['scope'],
  day: LocalDay,
): Promise<Found | undefined> {
  const scope = { organizationId, firstDay: day, lastDay: day };
  const latest = await store.text(latestKey(scope));
  if (latest === undefined) return undefined;
  const prefix = snapshotPrefix(scope, '', (JSON.parse(latest) as Latest).runId);
  const text = await store.text(`${prefix}/${MANIFEST_NAME}`);
  if (text === undefined) return undefined;
  return { manifest: readManifest(text), read: (name) => store.read(`${prefix}/${name}`) };
}
