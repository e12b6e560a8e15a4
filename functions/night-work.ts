import type { OrganizationId, RunId } from '../lib/model/ids.ts';
import type { Instant } from '../lib/model/instant.ts';
import type { RunQuestion } from './plan.ts';

/** The stations of a night. What goes between them is keys, ids and counts; rows lie in the store. */
export interface NightWork<Done> {
  /** Plans the run and writes the plan down, or takes one up. */
  begin(question: NightQuestion): Promise<Outcome<Begun>>;
  /** Reads lanes into parts. */
  extract(task: ShardTask): Promise<ShardOutcome>;
  /** Counts the period once more, now that all of it was read. */
  prove(run: RunKey): Promise<Outcome<RunKey>>;
  /** Assembles, judges and publishes. */
  publish(run: RunKey): Promise<Outcome<Done>>;
  /** Removes what has served. */
  clear(run: RunKey): Promise<void>;
  readonly [name: string]: (input: never) => Promise<unknown>;
}

export interface NightQuestion extends RunQuestion {
  /** Take up the newest interrupted run of this period, or one, instead of beginning a new one. */
  readonly resume: boolean | RunId;
}

/** By which the plan of a run is found. */
export interface RunKey {
  readonly organizationId: OrganizationId;
  readonly runId: RunId;
}

export interface Begun extends RunKey {
  readonly laneCount: number;
  readonly rowEstimate: number;
}

/** A group of lanes for one worker. */
export interface ShardTask extends RunKey {
  /** Positions in the plan. */
  readonly lanes: readonly number[];
  /** The shard's share of the run's requests under way at once. */
  readonly concurrency: number;
}

export interface ShardOutcome {
  /** Lanes that are still to be read, or to be read to their end. */
  readonly left: readonly number[];
  /** Rows that were read. */
  readonly rowCount: number;
  /** Why, if there are any. */
  readonly postponed?: Postponement;
}

/** What a station came to, or when it is worth asking it again. */
export type Outcome<Done> = { readonly done: Done } | { readonly postponed: Postponement };

export interface Postponement {
  /** When the station said so. */
  readonly at: Instant;
  readonly resumeAt: Instant;
}
