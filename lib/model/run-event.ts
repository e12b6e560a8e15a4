import type { OrganizationId, RunId } from './ids.ts';
import type { CollectionName } from './records.ts';

/**
 * What a run tells while it runs. Counts of an event are its own, never running sums; whoever
 * listens adds them up.
 */
export type RunEvent =
  | {
      readonly type: 'run-started';
      readonly runId: RunId;
      readonly organizationId: OrganizationId;
      readonly environment: string;
      readonly firstDay: string;
      readonly lastDay: string;
    }
  /** An earlier run of the same scope ended early, and its parts could still be used. */
  | { readonly type: 'unfinished-found'; readonly runId: RunId }
  | { readonly type: 'plan-ready'; readonly rowEstimate: number; readonly laneCount: number }
  /** Lanes that an interrupted run had read whole already. */
  | { readonly type: 'parts-reused'; readonly laneCount: number; readonly rowCount: number }
  | { readonly type: 'page'; readonly rowCount: number; readonly requestCount: number }
  | {
      readonly type: 'lane-done';
      readonly collection: CollectionName;
      readonly index: number;
      readonly rowCount: number;
    }
  /** A lane whose count and rows differed is read once more; `rowCount` rows are forgotten. */
  | {
      readonly type: 'lane-again';
      readonly collection: CollectionName;
      readonly index: number;
      readonly rowCount: number;
      readonly reading: number;
    }
  /** No request leaves before `untilInstant` (ISO 8601). */
  | { readonly type: 'throttled'; readonly untilInstant: string }
  | { readonly type: 'retry'; readonly what: string; readonly attempt: number }
  /** Rows of earlier periods that changed since the night before. */
  | { readonly type: 'changed'; readonly collection: CollectionName; readonly rowCount: number }
  /** The rules are asked: once to see what has to be confirmed, then for good. */
  | { readonly type: 'judging'; readonly fileCount: number }
  | { readonly type: 'file-written'; readonly name: string; readonly rowCount: number }
  | { readonly type: 'published'; readonly runId: RunId; readonly address: string };

export type Report = (event: RunEvent) => void;
