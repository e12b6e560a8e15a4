import type { Cursor, Lane, LaneProgress, PartReceipt, RunPlan, Stretch } from '../lib/contract.ts';
import type { TableName } from '../lib/model/records.ts';
import { partKey } from '../lib/object-keys.ts';
import { Postponed } from '../lib/rebilly/postponed.ts';
import { type Advance, type Reading, seek } from '../lib/rebilly/seek.ts';
import { createReceipt, type ReceiptMaker } from '../lib/snapshot/receipt.ts';
import { createShaper } from '../lib/snapshot/shape.ts';
import type { Draft } from '../lib/store/store.ts';
import type { CountedSource } from './counted-source.ts';
import type { Station } from './station.ts';

/** Rows whose lines are written at once: some hundred kilobytes. */
const ROWS_AT_ONCE = 250;

/** The lane was read whole, or how far it was. */
export type StretchEnd = { readonly stretch: Stretch } & (
  | { readonly reading: Reading }
  | { readonly postponed: Postponed; readonly cursor: Cursor }
);

/** One reading of a lane, from its start or from where the one before was put off. */
export interface StretchReader {
  /** Its parts stand when it returns. `INCOMPLETE`; `POSTPONED` where there was nothing to keep. */
  read(): Promise<StretchEnd>;
  /** Rows read so far. */
  rowCount(): number;
  /** Removes what was written of parts that do not stand. */
  discard(): Promise<void>;
}

interface OpenPart {
  readonly draft: Draft;
  readonly maker: ReceiptMaker;
}

export interface StretchQuestion {
  readonly plan: RunPlan;
  readonly lane: Lane;
  readonly source: CountedSource;
  /** What was read of the lane before. */
  readonly before: LaneProgress;
}

export function createStretchReader(
  { store, report }: Station,
  { plan: { scope, runId }, lane, source, before }: StretchQuestion,
): StretchReader {
  const shaper = createShaper(lane.collection, scope);
  const { members } = shaper;
  const parts = new Map<TableName, OpenPart>();
  let { cursor } = before;
  const keptBefore = cursor?.kept ?? 0;

  async function openParts(): Promise<void> {
    const number = before.stretches.length;
    for (const table of shaper.tables) {
      const key = partKey(scope.organizationId, runId, lane, number, table);
      parts.set(table, { draft: await store.draft(key), maker: createReceipt() });
    }
  }

  async function readRows(): Promise<Reading> {
    const reader = seek(source, { lane, filter: scope.filter, members, cursor });
    for (;;) {
      const step = await reader.next();
      if (step.done) return step.value;
      await take(step.value);
    }
  }

  async function take(advance: Advance): Promise<void> {
    const { records } = advance;
    report({ type: 'page', rowCount: records.length, requestCount: source.askedSince() });
    for (let at = 0; at < records.length; at += ROWS_AT_ONCE) {
      await write(records.slice(at, at + ROWS_AT_ONCE));
    }
    cursor = advance.cursor;
  }

  async function write(records: Advance['records']): Promise<void> {
    for (const { table, bytes, rowCount } of shaper.shape(records)) {
      if (rowCount === 0) continue;
      const { draft, maker } = parts.get(table)!;
      maker.add(bytes, rowCount);
      await draft.write(bytes);
    }
  }

  async function publish(): Promise<Stretch> {
    const receipts: PartReceipt[] = [];
    for (const [table, { draft, maker }] of parts) {
      await draft.publish();
      receipts.push({ table, ...maker.receipt() });
    }
    return { parts: receipts, ...shaper.summary() };
  }

  /** With the cursor: a page that could not be written was not read. */
  const rowCount = () => (cursor?.kept ?? 0) - keptBefore;

  return {
    async read() {
      await openParts();
      try {
        const reading = await readRows();
        return { reading, stretch: await publish() };
      } catch (postponed) {
        if (!(postponed instanceof Postponed) || rowCount() === 0) throw postponed;
        return { postponed, cursor: cursor!, stretch: await publish() };
      }
    },
    rowCount,
    async discard() {
      for (const { draft } of parts.values()) await draft.discard();
    },
  };
}
