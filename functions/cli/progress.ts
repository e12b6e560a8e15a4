import type { Instant } from '../../lib/model/instant.ts';
import type { RunEvent } from '../../lib/model/run-event.ts';

/** Where a run stands, folded from its events. */
export interface Progress {
  readonly startedAt: Instant;
  readonly rowCount: number;
  readonly requestCount: number;
  /** 0 until the plan is made. */
  readonly rowEstimate: number;
  /** Rows taken over from an interrupted run: they say nothing about today's speed. */
  readonly reusedRowCount: number;
  readonly laneCount: number;
  readonly doneLaneCount: number;
  /** What holds the run up or happened last: 'waiting for the rate limit until …'. */
  readonly remark: string;
}

export function startProgress(startedAt: Instant): Progress {
  return {
    startedAt,
    rowCount: 0,
    requestCount: 0,
    rowEstimate: 0,
    reusedRowCount: 0,
    laneCount: 0,
    doneLaneCount: 0,
    remark: '',
  };
}

export function advance(progress: Progress, event: RunEvent): Progress {
  switch (event.type) {
    case 'plan-ready':
      return { ...progress, rowEstimate: event.rowEstimate, laneCount: event.laneCount };
    case 'parts-reused':
      return {
        ...progress,
        rowCount: progress.rowCount + event.rowCount,
        reusedRowCount: progress.reusedRowCount + event.rowCount,
        doneLaneCount: progress.doneLaneCount + event.laneCount,
      };
    case 'page':
      return {
        ...progress,
        rowCount: progress.rowCount + event.rowCount,
        requestCount: progress.requestCount + event.requestCount,
        remark: '',
      };
    case 'lane-done':
      return { ...progress, doneLaneCount: progress.doneLaneCount + 1 };
    case 'lane-again':
      return {
        ...progress,
        rowCount: Math.max(0, progress.rowCount - event.rowCount),
        remark: `reading ${event.collection} ${event.index} again`,
      };
    case 'throttled':
      return { ...progress, remark: `waiting for the rate limit until ${event.untilInstant}` };
    case 'retry':
      return { ...progress, remark: `${event.what}, attempt ${event.attempt}` };
    case 'changed':
      return { ...progress, remark: `${figure(event.rowCount)} more ${event.collection} changed` };
    case 'judging':
      return { ...progress, remark: 'asking the rules' };
    case 'file-written':
      return { ...progress, remark: `wrote ${event.name}` };
    case 'unfinished-found':
    case 'run-started':
    case 'published':
      return progress;
  }
}

/** `12,000 of 20,133 rows · 14 requests · 8,000 rows/s · 1 s left` */
export function progressLine(progress: Progress, now: Instant): string {
  const { rowCount, rowEstimate, requestCount, remark } = progress;
  if (rowEstimate === 0 && rowCount === 0) return remark || 'counting what is there';
  const perSecond = rowsPerSecond(progress, now);
  // The estimate is older than the rows: it may be passed, and is then no news any more.
  const whole = rowEstimate > rowCount ? ` of ${figure(rowEstimate)}` : '';
  const left = perSecond > 0 && whole !== '' ? (rowEstimate - rowCount) / perSecond : undefined;
  return [
    `${figure(rowCount)}${whole} rows`,
    `${figure(requestCount)} ${requestCount === 1 ? 'request' : 'requests'}`,
    `${figure(Math.round(perSecond))} rows/s`,
    ...(left === undefined ? [] : [`${durationText(left)} left`]),
    ...(remark === '' ? [] : [remark]),
  ].join(' · ');
}

function rowsPerSecond(progress: Progress, now: Instant): number {
  const elapsedMs = now - progress.startedAt;
  return elapsedMs > 0 ? ((progress.rowCount - progress.reusedRowCount) * 1000) / elapsedMs : 0;
}

/** `1,234,567`, whatever the machine's language. */
export function figure(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `42 s`, `3 min`, `2 h 5 min`: as exact as a forecast deserves. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
