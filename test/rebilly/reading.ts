import { onTestFinished } from 'vitest';
import type { Lane } from '../../lib/contract.ts';
import { membersOf } from '../../lib/model/api-record.ts';
import { Fault } from '../../lib/model/fault.ts';
import type { EpochSecond, Instant } from '../../lib/model/instant.ts';
import type { CollectionName, JsonObject } from '../../lib/model/records.ts';
import { planLanes, proveWhole } from '../../lib/rebilly/lanes.ts';
import { type Reading, type SeekQuestion, seek } from '../../lib/rebilly/seek.ts';
import { createSource, type Source, type SourceOptions } from '../../lib/rebilly/source.ts';
import { tableOf } from '../../lib/simulator/memory-table.ts';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../lib/simulator/server.ts';
import { type VirtualClock, virtualClock } from '../world/virtual-clock.ts';

export const KEY = 'sk_test_reading';

/** 2026-11-20 in UTC, the day that every handmade world is read for. */
export const DAY_START = Date.UTC(2026, 10, 20) as Instant;
export const FROM = (DAY_START / 1000) as EpochSecond;
export const TO = (FROM + 86_400) as EpochSecond;

const NOON_AFTER = (DAY_START + 36 * 3_600_000) as Instant;

export interface Setting {
  readonly transactions?: readonly JsonObject[];
  readonly creditMemos?: readonly JsonObject[];
  readonly simulator?: Partial<Omit<SimulatorOptions, 'world' | 'clock' | 'apiKey'>>;
  readonly source?: Partial<SourceOptions>;
}

export interface Bench {
  readonly source: Source;
  readonly simulator: Simulator;
  readonly clock: VirtualClock;
  readonly retries: string[];
  readonly pauses: Instant[];
  close(): Promise<void>;
}

/** A source over a simulator of handmade rows, on one virtual clock. */
export async function open(setting: Setting): Promise<Bench> {
  const clock = virtualClock(NOON_AFTER);
  const simulator = await startSimulator({
    gzip: false,
    ...setting.simulator,
    apiKey: KEY,
    clock,
    world: {
      organizationId: 'org_1',
      transactions: tableOf(setting.transactions ?? []),
      creditMemos: tableOf(setting.creditMemos ?? []),
    },
  });
  const retries: string[] = [];
  const pauses: Instant[] = [];
  const source = createSource({
    baseUrl: simulator.baseUrl,
    organizationId: 'org_1',
    apiKey: KEY,
    clock,
    random: () => 0.5,
    concurrency: 4,
    reserveShare: 0.2,
    throttleMs: 7_200_000,
    timeoutMs: 500,
    maxAttempts: 6,
    onPause: (until) => pauses.push(until),
    onRetry: (reason) => retries.push(reason),
    ...setting.source,
  });
  const close = async () => {
    await source.close();
    await simulator.close();
  };
  return { source, simulator, clock, retries, pauses, close };
}

/** The same, closed when the test ends. */
export async function bench(setting: Setting): Promise<Bench> {
  const opened = await open(setting);
  onTestFinished(opened.close);
  return opened;
}

export interface Whole {
  readonly records: readonly JsonObject[];
  readonly readings: readonly Reading[];
  readonly lanes: readonly Lane[];
}

export interface DayQuestion {
  readonly collection?: CollectionName;
  readonly filter?: string;
  readonly laneRows?: number;
  /** After so many advances a reader leaves, and another one goes on from its cursor. */
  readonly advances?: number | undefined;
}

/** Plans a day and reads all of its lanes, each three times at most, as a run does. */
export async function readDay(source: Source, question: DayQuestion = {}): Promise<Whole> {
  const { collection = 'transactions', filter = '', laneRows = 2000, advances } = question;
  const span = { collection, filter, laneRows, from: FROM, to: TO, concurrency: 4 };
  const { lanes, totalCap } = await planLanes(source, span);
  const read = await Promise.all(lanes.map((lane) => readLane(source, lane, filter, advances)));
  const kept = read.reduce((sum, { reading }) => sum + reading.kept, 0);
  if (totalCap === undefined) await proveWhole(source, span, kept);
  return {
    records: read.flatMap(({ records }) => records),
    readings: read.map(({ reading }) => reading),
    lanes,
  };
}

export async function readLane(source: Source, lane: Lane, filter: string, advances?: number) {
  for (let readings = 1; ; readings += 1) {
    try {
      return await readOnce(source, { lane, filter }, advances);
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'INCOMPLETE') || readings === 3) throw error;
    }
  }
}

async function readOnce(source: Source, question: SeekQuestion, advances = Infinity) {
  const records: JsonObject[] = [];
  let reader = seek(source, question);
  for (let count = 1; ; count += 1) {
    const step = await reader.next();
    if (step.done) return { records, reading: step.value };
    records.push(...step.value.records.map(membersOf));
    if (count % advances !== 0) continue;
    await reader.return(undefined as never);
    // Between two readers it is a file.
    const cursor = JSON.parse(JSON.stringify(step.value.cursor));
    reader = seek(source, { ...question, cursor });
  }
}

export function laneOf(from: EpochSecond, to: EpochSecond, more: Partial<Lane> = {}): Lane {
  return { collection: 'transactions', index: 0, from, to, rowEstimate: 0, ...more };
}
