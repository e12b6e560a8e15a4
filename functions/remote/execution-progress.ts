import type { Instant } from '../../lib/model/instant.ts';
import type { ExecutionEvent } from './execution.ts';

/** Where an execution stands, folded from its events. */
export interface ExecutionProgress {
  /** The station that works, or worked last. */
  readonly station: string;
  /** Pieces that were begun side by side, and those of them that have ended; 0 of 0 elsewhere. */
  readonly pieceCount: number;
  readonly endedPieceCount: number;
  /** Until when nothing runs. */
  readonly waitUntil: Instant | undefined;
}

export const NOTHING_YET: ExecutionProgress = {
  station: '',
  pieceCount: 0,
  endedPieceCount: 0,
  waitUntil: undefined,
};

export function advance(progress: ExecutionProgress, event: ExecutionEvent): ExecutionProgress {
  const { type, name: station, isPiece, waitUntil } = event;
  const { pieceCount, endedPieceCount } = progress;
  switch (type) {
    case 'WaitStarted':
      return { ...progress, waitUntil };
    case 'WaitSucceeded':
      return { ...progress, waitUntil: undefined };
    case 'ContextStarted':
    case 'StepStarted':
      return { ...NOTHING_YET, station };
    case 'ChainedInvokeStarted':
      return isPiece ? { ...progress, pieceCount: pieceCount + 1 } : { ...NOTHING_YET, station };
    default:
      if (!isPiece || !hasEnded(event)) return progress;
      return { ...progress, endedPieceCount: endedPieceCount + 1 };
  }
}

/** Whether a step, or a function that was called, has ended, well or not. */
export function hasEnded({ type }: ExecutionEvent): boolean {
  return /^(Step|ChainedInvoke)(Succeeded|Failed|TimedOut|Stopped)$/.test(type);
}
