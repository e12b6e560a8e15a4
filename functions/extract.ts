import {
  type Lane,
  type LaneReceipt,
  type PartReceipt,
  partKey,
  type RunPlan,
} from '../lib/contract.ts';
import { Fault } from '../lib/model/fault.ts';
import type { TableName } from '../lib/model/records.ts';
import { type Reading, seek } from '../lib/rebilly/seek.ts';
import type { Questions } from '../lib/rebilly/source.ts';
import { createReceipt, type ReceiptMaker } from '../lib/snapshot/receipt.ts';
import { createShaper, type ShapedLines, type Shaper } from '../lib/snapshot/shape.ts';
import type { Draft } from '../lib/store/store.ts';
import { writeReceipt } from './parts.ts';
import type { Station } from './station.ts';

/** A lane that moved while it was read is read again; three times, and the run fails. */
const MOST_READINGS = 3;

/**
 * Reads one lane into its parts: one CSV file without header for each table, then the receipt. A
 * part exists only once the receipt does, so a killed run leaves whole lanes or none.
 */
export async function extract(station: Station, plan: RunPlan, lane: Lane): Promise<LaneReceipt> {
  const counted = countedSource(station.source);
  for (let readings = 1; ; readings += 1) {
    const attempt = createAttempt(station, plan, lane, counted);
    try {
      const { reading, ...rest } = await attempt.read();
      const proof = { ...reading, readings, requests: counted.asked() };
      const receipt: LaneReceipt = { proof, ...rest };
      await writeReceipt(station.store, plan, lane, receipt);
      const { collection, index } = lane;
      station.report({ type: 'lane-done', collection, index, rowCount: reading.kept });
      return receipt;
    } catch (error) {
      await attempt.discard();
      const moved = error instanceof Fault && error.code === 'INCOMPLETE';
      if (!moved || readings === MOST_READINGS) throw error;
      station.report({
        type: 'lane-again',
        collection: lane.collection,
        index: lane.index,
        rowCount: attempt.rowCount(),
        reading: readings + 1,
      });
    }
  }
}

/** Rows whose lines are written at once: some hundred kilobytes. */
const ROWS_AT_ONCE = 250;

interface OpenPart {
  readonly draft: Draft;
  readonly maker: ReceiptMaker;
}

/** One reading of a lane, from the first request to its published parts. */
function createAttempt(station: Station, plan: RunPlan, lane: Lane, source: CountedSource) {
  const { store, report } = station;
  const { scope } = plan;
  const parts = new Map<TableName, OpenPart>();
  let rowCount = 0;

  async function readAll(shaper: Shaper): Promise<Reading> {
    const reader = seek(source, lane, scope.filter, shaper.members);
    for (;;) {
      const step = await reader.next();
      if (step.done) return step.value;
      rowCount += step.value.length;
      report({ type: 'page', rowCount: step.value.length, requestCount: source.askedSince() });
      for (let at = 0; at < step.value.length; at += ROWS_AT_ONCE) {
        await write(shaper.shape(step.value.slice(at, at + ROWS_AT_ONCE)));
      }
    }
  }

  async function write(lines: readonly ShapedLines[]): Promise<void> {
    for (const { table, bytes, rowCount } of lines) {
      if (rowCount === 0) continue;
      const { draft, maker } = parts.get(table)!;
      maker.add(bytes, rowCount);
      await draft.write(bytes);
    }
  }

  return {
    rowCount: () => rowCount,

    async read() {
      const shaper = createShaper(lane.collection, scope);
      for (const table of shaper.tables) {
        const draft = await store.draft(partKey(scope.organizationId, plan.runId, lane, table));
        parts.set(table, { draft, maker: createReceipt() });
      }
      const reading = await readAll(shaper);
      const receipts: PartReceipt[] = [];
      for (const [table, { draft, maker }] of parts) {
        await draft.publish();
        receipts.push({ table, ...maker.receipt() });
      }
      return { reading, parts: receipts, ...shaper.summary() };
    },

    async discard() {
      for (const { draft } of parts.values()) await draft.discard();
    },
  };
}

interface CountedSource extends Questions {
  /** Questions asked through it, repeats of the transport left out. */
  asked(): number;
  /** Those since the last time this was called. */
  askedSince(): number;
}

/** The run's source, counting what one lane asks of it. */
function countedSource(source: Questions): CountedSource {
  let asked = 0;
  let told = 0;
  return {
    page(question) {
      asked += 1;
      return source.page(question);
    },
    count(collection, filter) {
      asked += 1;
      return source.count(collection, filter);
    },
    asked: () => asked,
    askedSince() {
      const since = asked - told;
      told = asked;
      return since;
    },
  };
}
