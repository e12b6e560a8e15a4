import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '../../../lib/model/instant.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { SCOPE } from '../../reconcile/night.ts';
import { createSnapshotWriter } from '../../reconcile/snapshot-writer.ts';
import { writeWorld } from '../../reconcile/world-files.ts';
import { type Ran, ran } from './child.ts';
import { noteSnapshot } from './task.ts';

/** A plain scan and all rules, one after the other, over the same files. */
export interface Pair {
  readonly transactionCount: number;
  readonly creditMemoCount: number;
  readonly scan: Ran;
  readonly rules: Ran;
  /** What of the rules' time went before the first of them was asked, and after the last. */
  readonly loadS: number;
  readonly slowest: string;
}

/** What the judging process prints. */
export interface Judged {
  readonly discrepancyCount: number;
  readonly errors: readonly string[];
  readonly loadS: number;
  readonly slowest: readonly { readonly rule: string; readonly elapsedMs: number }[];
}

/** The memory that DuckDB may take; the process takes some more, for files and for Node. */
const LIMITS = { memoryLimit: '600MB', threadCount: 2 } as const;
const MEMO_SHARE = 0.1;
const DAY_MS = 86_400_000;

/** Judges a clean world's month, as a run over all of it would; each pair in one breath. */
export async function speedPairs(transactionCount: number, pairCount: number): Promise<Pair[]> {
  const creditMemoCount = Math.round(transactionCount * MEMO_SHARE);
  const folder = await mkdtemp(join(tmpdir(), 'tieout-bench-rules-'));
  try {
    write(folder, transactionCount, creditMemoCount);
    const pairs: Pair[] = [];
    while (pairs.length < pairCount) {
      const scan = await ran('scan-process.ts', folder, LIMITS);
      const rules = await ran('judge-process.ts', folder, LIMITS);
      const { loadS, slowest, errors, discrepancyCount } = rules.told as Judged;
      if (errors.length > 0 || discrepancyCount > 0) {
        throw new Error(`Clean books: ${discrepancyCount} discrepancies, ${errors} failed.`);
      }
      const names = slowest.map(({ rule, elapsedMs }) => `${rule} ${elapsedMs} ms`).join(', ');
      pairs.push({ transactionCount, creditMemoCount, scan, rules, loadS, slowest: names });
    }
    return pairs;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function write(folder: string, transactionCount: number, creditMemoCount: number): void {
  const start = Date.parse('2026-10-01T00:00:00Z') as Instant;
  const judgedAt = (start + 31 * DAY_MS) as Instant;
  const writer = createSnapshotWriter(folder, SCOPE);
  const world = createWorld({ start, dayCount: 30, transactionCount, creditMemoCount });
  writeWorld(writer, world, { asOf: judgedAt });
  writer.close();
  noteSnapshot(folder, {
    manifest: {
      scope: { ...SCOPE, firstDay: '2026-10-01', lastDay: '2026-10-30' },
      period: { start: '2026-10-01T00:00:00Z', end: '2026-10-31T00:00:00Z' },
    },
    judgedAt: new Date(judgedAt).toISOString(),
  });
}
