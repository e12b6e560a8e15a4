import type { Latest, Manifest, Scope } from '../lib/contract.ts';
import { DISCREPANCY_COLUMNS, type Discrepancy } from '../lib/model/discrepancy.ts';
import { Fault, type FaultCode } from '../lib/model/fault.ts';
import { unguard } from '../lib/model/guard.ts';
import { isRunId, type OrganizationId } from '../lib/model/ids.ts';
import {
  latestKey,
  MANIFEST_NAME,
  organizationPrefix,
  snapshotPrefix,
} from '../lib/object-keys.ts';
import { discrepancyOf } from '../lib/reconcile/discrepancy-rows.ts';
import type { SnapshotBytes } from '../lib/snapshot/finding.ts';
import { readManifest } from '../lib/snapshot/manifest.ts';
import { createReceipt, receiptDifference } from '../lib/snapshot/receipt.ts';
import { tableRows } from '../lib/snapshot/table-rows.ts';
import type { Store } from '../lib/store/store.ts';
import { readSmall } from './small-object.ts';

/** A year of nights, and a range after each month: what is still open travels to the newest. */
export const PERIODS_MAX = 400;

/** The table that says what does not tie out. */
const DISCREPANCIES = 'discrepancies';

/** Faults of one snapshot, which say nothing about the others. */
const OF_ONE_SNAPSHOT: readonly FaultCode[] = [
  'SNAPSHOT_DAMAGED',
  'SNAPSHOT_NEWER',
  'DESTINATION_UNREADABLE',
];

/** A discrepancy, and the snapshot that lists it so. */
export interface Listed {
  readonly discrepancy: Discrepancy;
  readonly manifest: Manifest;
}

export interface Search {
  /** Undefined where no snapshot lists it. */
  readonly listed: Listed | undefined;
  /** Snapshots with discrepancies that were looked into. */
  readonly snapshotCount: number;
  /** What could not be read and was passed over: a sentence each. */
  readonly broken: readonly string[];
}

type Period = Pick<Scope, 'organizationId' | 'firstDay' | 'lastDay'>;

/**
 * Looks a discrepancy up in the snapshots that count, the newest period first. Of two that end on
 * one day the shorter goes first: what is open travels along the nights. Holds one row at a time.
 */
export async function findListed(
  store: Store,
  organizationId: OrganizationId,
  discrepancyId: string,
): Promise<Search> {
  const broken: string[] = [];
  let snapshotCount = 0;
  for (const period of await newestPeriods(store, organizationId)) {
    try {
      const { manifest, bytes } = await snapshotOf(store, period);
      if (!manifest.files.some(({ table }) => table === DISCREPANCIES)) continue;
      const discrepancy = await discrepancyIn(bytes, manifest, discrepancyId);
      snapshotCount += 1;
      if (discrepancy === undefined) continue;
      return { listed: { discrepancy, manifest }, snapshotCount, broken };
    } catch (error) {
      if (!(error instanceof Fault && OF_ONE_SNAPSHOT.includes(error.code))) throw error;
      broken.push(`${store.locate(latestKey(period))}: ${error.message}`);
    }
  }
  return { listed: undefined, snapshotCount, broken };
}

async function newestPeriods(store: Store, organizationId: OrganizationId): Promise<Period[]> {
  const prefix = organizationPrefix(organizationId);
  const periods: Period[] = [];
  for await (const { key } of store.list(prefix)) {
    const found = /^\/period=([\d-]{10})(?:_([\d-]{10}))?\/latest\.json$/.exec(
      key.slice(prefix.length),
    );
    if (!found) continue;
    const [, firstDay = '', lastDay = firstDay] = found;
    periods.push({ organizationId, firstDay, lastDay });
  }
  const newness = ({ firstDay, lastDay }: Period): string => `${lastDay} ${firstDay}`;
  return periods.sort((a, b) => (newness(a) < newness(b) ? 1 : -1)).slice(0, PERIODS_MAX);
}

interface OpenSnapshot {
  readonly manifest: Manifest;
  readonly bytes: SnapshotBytes;
}

async function snapshotOf(store: Store, period: Period): Promise<OpenSnapshot> {
  const key = latestKey(period);
  const { runId } = readSmall<Latest>(store, key, (await store.text(key)) ?? '');
  if (!isRunId(String(runId))) throw damaged('It names no run.');
  const prefix = snapshotPrefix(period, '', runId);
  const text = await store.text(`${prefix}/${MANIFEST_NAME}`);
  if (text === undefined) throw damaged(`It names run ${runId}, which has no manifest.`);
  const manifest = readManifest(text);
  return { manifest, bytes: checkedBytes(store, prefix, manifest) };
}

/** Bytes that end in a fault unless they are those of the receipt. */
function checkedBytes(store: Store, prefix: string, { files }: Manifest): SnapshotBytes {
  return {
    async *list() {
      for (const { name, byteCount } of files) yield { name, byteCount };
    },
    async *read(name) {
      const file = files.find((candidate) => candidate.name === name)!;
      const receipt = createReceipt();
      for await (const bytes of store.read(`${prefix}/${name}`)) {
        receipt.add(bytes, 0);
        yield bytes;
      }
      const { rowCount } = file;
      const difference = receiptDifference(file, { ...receipt.receipt(), rowCount });
      if (difference !== '') throw damaged(`Its ${name} ${difference}.`);
    },
  };
}

function damaged(sentence: string): Fault {
  const remedy = 'Restore it from a copy, or run the period again.';
  return new Fault('SNAPSHOT_DAMAGED', sentence, remedy);
}

/** Read to the end even when it is found: only then are its figures those that were published. */
async function discrepancyIn(
  bytes: SnapshotBytes,
  manifest: Manifest,
  discrepancyId: string,
): Promise<Discrepancy | undefined> {
  let found: Discrepancy | undefined;
  for await (const { cell } of tableRows(bytes, manifest, DISCREPANCIES)) {
    if (cell('id') !== discrepancyId) continue;
    const cells = DISCREPANCY_COLUMNS.map((name) => [name, unguard(cell(name))]);
    found = discrepancyOf(Object.fromEntries(cells));
  }
  return found;
}
