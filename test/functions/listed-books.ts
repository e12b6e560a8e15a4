import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acknowledgementsIn } from '../../functions/acknowledgements.ts';
import type { Scope, SnapshotFile } from '../../lib/contract.ts';
import { DISCREPANCY_COLUMNS, type Discrepancy } from '../../lib/model/discrepancy.ts';
import { type OrganizationId, organizationId, type RunId } from '../../lib/model/ids.ts';
import {
  acknowledgementsPrefix,
  latestKey,
  MANIFEST_NAME,
  snapshotPrefix,
} from '../../lib/object-keys.ts';
import { discrepancyRows } from '../../lib/reconcile/discrepancy-rows.ts';
import { discrepancyId } from '../../lib/reconcile/life.ts';
import { encodeHeader, encodeRows } from '../../lib/snapshot/encode.ts';
import { sealManifest } from '../../lib/snapshot/manifest.ts';
import { createReceipt } from '../../lib/snapshot/receipt.ts';
import { directoryStore } from '../../lib/store/directory.ts';
import type { Store } from '../../lib/store/store.ts';
import { CONTENT } from '../snapshot/small-snapshot.ts';
import { type Outcome, typed } from '../world/command-line.ts';
import { filesBelow } from './books.ts';

export const ORGANIZATION: OrganizationId = organizationId('org_1');

/** A directory of snapshots that say what did not tie out, and nothing else. */
export interface ListedBooks {
  readonly folder: string;
  readonly store: Store;
  /** Publishes a snapshot; returns its folder. Without discrepancies it has no file of them. */
  publish(days: string, discrepancies?: readonly Discrepancy[]): Promise<string>;
  /** Types `tieout ack` at these books. */
  ack(id: string, ...flags: readonly string[]): Promise<Outcome>;
  inForce(): ReturnType<typeof acknowledgementsIn>;
  /** What lies in the acknowledgements, by the path below them. */
  written(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openListedBooks(csv: Partial<Scope['csv']> = {}): Promise<ListedBooks> {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-listed-'));
  const store = directoryStore(folder);
  const place = ['--dest', folder, '--organization', ORGANIZATION];
  const format = { ...CONTENT.scope.csv, ...csv };
  return {
    folder,
    store,
    async publish(days, discrepancies) {
      const [firstDay = '', lastDay = firstDay] = days.split('_');
      const scope = { ...CONTENT.scope, csv: format, firstDay, lastDay };
      const runId = `${lastDay.replaceAll('-', '')}T235959Z` as RunId;
      const prefix = join(folder, snapshotPrefix(scope, '', runId));
      await mkdir(prefix, { recursive: true });
      const files: SnapshotFile[] = [];
      if (discrepancies) {
        files.push(await writeTable(prefix, discrepancyRows(discrepancies), format));
      }
      const { manifest, text } = sealManifest({ ...CONTENT, runId, scope, files });
      await writeFile(join(prefix, MANIFEST_NAME), text);
      const latest = { runId, digest: manifest.digest };
      await writeFile(join(folder, latestKey(scope)), JSON.stringify(latest));
      return prefix;
    },
    ack: (id, ...flags) => typed(['ack', id, ...place, ...flags]),
    inForce: () => acknowledgementsIn(store, ORGANIZATION),
    written: () => filesBelow(join(folder, acknowledgementsPrefix(ORGANIZATION))),
    close: () => rm(folder, { recursive: true }),
  };
}

async function writeTable(
  folder: string,
  rows: readonly (readonly string[])[],
  csv: Scope['csv'],
): Promise<SnapshotFile> {
  const header = encodeHeader(DISCREPANCY_COLUMNS, csv);
  const bytes = Buffer.concat([header, Buffer.from(encodeRows(rows, csv))]);
  await writeFile(join(folder, 'discrepancies.csv'), bytes);
  return receiptOf('discrepancies.csv', 'discrepancies', bytes, rows.length);
}

function receiptOf(name: string, table: string, bytes: Buffer, rowCount: number): SnapshotFile {
  const receipt = createReceipt();
  receipt.add(bytes, rowCount);
  return { name, table, ...receipt.receipt() };
}

/** A memo whose tax is a dollar short. */
export function discrepancy(given: Partial<Discrepancy> = {}): Discrepancy {
  const { recordId = 'crmm_1' } = given;
  return {
    id: discrepancyId('memo-tax', 'credit-memos', recordId, ''),
    rule: 'memo-tax',
    severity: 'medium',
    class: 'mismatch',
    status: 'new',
    firstSeen: '2026-11-20',
    lastSeen: '2026-11-20',
    ageDays: 0,
    collection: 'credit-memos',
    recordId,
    relatedIds: [],
    customerId: 'cus_1',
    currency: 'USD',
    expected: '12.50',
    actual: '11.50',
    difference: '-1.00',
    explanation: 'The taxes of its lines are not its tax.',
    action: 'Ask who wrote it.',
    ...given,
  };
}
