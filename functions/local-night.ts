import { localWorkflow } from '../lib/workflow.ts';
import { nightStations, type Publisher } from './night-stations.ts';
import type { NightQuestion } from './night-work.ts';
import { nightly } from './nightly.ts';
import { makeSnapshot, type Snapshot } from './snapshot.ts';
import type { Station } from './station.ts';

export interface Night extends Snapshot {
  readonly requestCount: number;
}

export async function localNight(station: Station, question: NightQuestion): Promise<Night> {
  const snapshot = await nightHere(station, question, makeSnapshot);
  return { ...snapshot, requestCount: station.source.requestCount };
}

/** A night in this process: one worker reads all lanes, and sleeps where it has to wait. */
export function nightHere<Done>(
  station: Station,
  question: NightQuestion,
  publisher: Publisher<Done>,
): Promise<Done> {
  const { clock, settings } = station;
  const stations = nightStations(station, publisher);
  const workflow = localWorkflow(stations, (waitMs) => clock.wait(waitMs));
  return nightly(workflow, question, {
    concurrency: settings.concurrency,
    workerRows: Number.POSITIVE_INFINITY,
    throttleMs: settings.throttleMinutes * 60_000,
    mostFailures: 0,
  });
}
