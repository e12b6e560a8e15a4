import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../../lib/contract.ts';
import { TABLES_OF, type TableName } from '../../../lib/model/records.ts';
import type { LocalFile } from '../../../lib/reconcile/files.ts';

/** What a process of the benchmark is told: the snapshot's folder, and what it may take. */
export interface RulesTask {
  readonly folder: string;
  readonly spill: string;
  readonly memoryLimit: string;
  readonly threadCount: number;
}

export const TABLES: readonly TableName[] = Object.values(TABLES_OF).flat();

/** A snapshot as judging needs it: its files, its scope, and the instant. */
export interface BareSnapshot {
  readonly manifest: Pick<Manifest, 'scope' | 'period'>;
  /** ISO 8601. */
  readonly judgedAt: string;
}

const NOTE = 'bare-snapshot.json';

export function noteSnapshot(folder: string, snapshot: BareSnapshot): void {
  writeFileSync(join(folder, NOTE), JSON.stringify(snapshot));
}

export function snapshotIn(
  folder: string,
): BareSnapshot & { readonly files: readonly LocalFile[] } {
  const note = JSON.parse(readFileSync(join(folder, NOTE), 'utf8')) as BareSnapshot;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names
    .filter((name) => name.endsWith('.csv'))
    .map((name) => ({ name, path: join(folder, name) }));
  return { ...note, files };
}
