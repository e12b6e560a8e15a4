import { type Instant, instantText } from '../../lib/model/instant.ts';
import type { ExecutionAddress } from '../remote/door-address.ts';
import type { ExecutionEvent } from '../remote/execution.ts';
import {
  advance,
  type ExecutionProgress,
  hasEnded,
  NOTHING_YET,
} from '../remote/execution-progress.ts';
import type { Runtime } from '../runtime.ts';
import { changingLine } from './changing-line.ts';
import { durationText } from './progress.ts';

export interface ExecutionReporter {
  tell(news: readonly ExecutionEvent[]): void;
  /** Leaves the line to whatever is printed next. */
  close(): void;
}

/** On a terminal one line that changes; elsewhere a JSON line for each end and each wait. */
export function createExecutionReporter(
  runtime: Runtime,
  address: ExecutionAddress,
): ExecutionReporter {
  return runtime.err.isTerminal
    ? terminalReporter(runtime, address)
    : logReporter(runtime, address);
}

function terminalReporter({ clock, err }: Runtime, { name }: ExecutionAddress): ExecutionReporter {
  const line = changingLine(err);
  const followedAt = clock.now();
  let progress = NOTHING_YET;
  line.above(`Following ${name}; Ctrl-C ends that, and not the run.`);
  return {
    tell(news) {
      progress = news.reduce(advance, progress);
      line.show(`${standing(progress)} · ${durationText((clock.now() - followedAt) / 1000)}`);
    },
    close: line.clear,
  };
}

/** `extract, 3 of 8 ended` */
function standing({ station, pieceCount, endedPieceCount, waitUntil }: ExecutionProgress): string {
  if (waitUntil !== undefined) return `waiting until ${instantText(waitUntil)}`;
  if (station === '') return 'waiting for it to begin';
  return pieceCount === 0 ? station : `${station}, ${endedPieceCount} of ${pieceCount} ended`;
}

function logReporter({ clock, err }: Runtime, address: ExecutionAddress): ExecutionReporter {
  let progress = NOTHING_YET;
  const log = (at: Instant, facts: { readonly type: string; readonly [fact: string]: unknown }) =>
    err.write(`${JSON.stringify({ at: instantText(at), ...facts })}\n`);
  const { executionArn, name } = address;
  log(clock.now(), { type: 'following', name, executionArn });
  return {
    tell(news) {
      for (const event of news) {
        progress = advance(progress, event);
        const { pieceCount, endedPieceCount, waitUntil } = progress;
        if (hasEnded(event)) {
          const pieces = event.isPiece ? { ended: endedPieceCount, of: pieceCount } : {};
          log(event.at, { type: 'step-ended', step: event.name, ...pieces });
        }
        if (event.type === 'WaitStarted' && waitUntil !== undefined) {
          log(event.at, { type: 'waiting', untilInstant: instantText(waitUntil) });
        }
      }
    },
    close: () => undefined,
  };
}
