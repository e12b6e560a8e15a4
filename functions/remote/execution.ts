import type { Instant } from '../../lib/model/instant.ts';

/** How a durable execution stands: AWS's own words. */
export interface Execution {
  readonly status: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant | undefined;
  /** JSON; only of one that succeeded. */
  readonly result: string | undefined;
  /** Only of one that did not. */
  readonly error: { readonly type: string; readonly message: string } | undefined;
}

/** What happened in an execution, in the order of `id`. */
export interface ExecutionEvent {
  readonly id: number;
  /** `StepSucceeded`, `WaitStarted`: AWS's own words. */
  readonly type: string;
  readonly at: Instant;
  /** The station that it happened to. */
  readonly name: string;
  /** Of one of several pieces that are worked on side by side. */
  readonly isPiece: boolean;
  /** Of a wait that begins. */
  readonly waitUntil: Instant | undefined;
}
