import type { Lane, LaneProgress, RunPlan } from '../lib/contract.ts';
import { Fault } from '../lib/model/fault.ts';
import { Postponed } from '../lib/rebilly/postponed.ts';
import { countedSource } from './counted-source.ts';
import { laneProgress, writeProgress, writeReceipt } from './parts.ts';
import type { Station } from './station.ts';
import { createStretchReader } from './stretch.ts';

/** A lane that moved while it was read is read again; three times, and the run fails. */
const MOST_READINGS = 3;

const FROM_ITS_START: LaneProgress = { readings: 1, requests: 0, stretches: [] };

/** What came of a lane. */
export interface Extraction {
  /** Rows that were read now, and stay read. */
  readonly rowCount: number;
  /** Why the lane is not read whole yet. */
  readonly postponed?: Postponed;
}

/**
 * Reads one lane into its parts: one CSV file without header for each table, then the receipt. A
 * part exists only once the receipt does, so a killed run leaves whole lanes or none. A reading that
 * is put off leaves its rows, and how far it came, to whoever takes the lane up.
 */
export async function extract(station: Station, plan: RunPlan, lane: Lane): Promise<Extraction> {
  const { store, report } = station;
  const { collection, index } = lane;
  let before = (await laneProgress(store, plan, lane)) ?? FROM_ITS_START;
  const source = countedSource(station.source, before.requests);
  for (;;) {
    const { readings } = before;
    const reader = createStretchReader(station, { plan, lane, source, before });
    try {
      const { stretch, ...end } = await reader.read();
      const rowCount = reader.rowCount();
      const stretches = [...before.stretches, stretch];
      const counts = { readings, requests: source.asked() };
      if ('postponed' in end) {
        const { postponed, cursor } = end;
        await writeProgress(store, plan, lane, { ...counts, cursor, stretches });
        return { rowCount, postponed };
      }
      await writeReceipt(store, plan, lane, { proof: { ...end.reading, ...counts }, stretches });
      report({ type: 'lane-done', collection, index, rowCount: end.reading.kept });
      return { rowCount };
    } catch (error) {
      await reader.discard();
      if (error instanceof Postponed) return { rowCount: 0, postponed: error };
      const hasMoved = error instanceof Fault && error.code === 'INCOMPLETE';
      if (!hasMoved || readings === MOST_READINGS) throw error;
      const isBegun = before.stretches.length > 0;
      before = { ...FROM_ITS_START, readings: readings + 1, requests: source.asked() };
      // Its parts are about to be written anew: nobody may go on from them any more.
      if (isBegun) await writeProgress(store, plan, lane, before);
      const rowCount = reader.rowCount();
      report({ type: 'lane-again', collection, index, rowCount, reading: readings + 1 });
    }
  }
}
