import { type Instant, instantText } from '../../lib/model/instant.ts';
import type { Report, RunEvent } from '../../lib/model/run-event.ts';
import type { Runtime } from '../runtime.ts';
import { changingLine } from './changing-line.ts';
import { advance, type Progress, progressLine, startProgress } from './progress.ts';

/** An eye follows ten changes a second; more only costs. */
const REDRAW_MS = 100;

/** A log that is read afterwards needs no line for every page. */
const PAGE_LOG_MS = 5_000;

export interface Reporter {
  readonly report: Report;
  /** Leaves the line to whatever is printed next. Harmless when called twice. */
  close(): void;
}

/** On a terminal one line that changes; elsewhere a JSON line per event; quiet, nothing. */
export function createReporter(runtime: Runtime, options: { readonly quiet: boolean }): Reporter {
  if (options.quiet) return { report: () => undefined, close: () => undefined };
  return runtime.err.isTerminal ? terminalReporter(runtime) : logReporter(runtime);
}

function terminalReporter({ clock, err }: Runtime): Reporter {
  const line = changingLine(err);
  let progress: Progress = startProgress(clock.now());
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    report(event) {
      if (event.type === 'unfinished-found') line.above(unfinishedText(event.runId));
      progress = advance(progress, event);
      const now = clock.now();
      if (event.type === 'page' && now - drawnAt < REDRAW_MS) return;
      drawnAt = now;
      line.show(progressLine(progress, now));
    },
    close: line.clear,
  };
}

function unfinishedText(runId: string): string {
  return `Run ${runId} of this period did not end; --resume would go on with what it has read.`;
}

function logReporter({ clock, err }: Runtime): Reporter {
  let pages = noPages(clock.now());
  const log = (event: RunEvent, now: Instant): void =>
    err.write(`${JSON.stringify({ at: instantText(now), ...event })}\n`);
  const flush = (now: Instant): void => {
    // The requests of a page may have been told with the page before: it is asked for ahead.
    if (pages.rowCount > 0 || pages.requestCount > 0) {
      log({ type: 'page', rowCount: pages.rowCount, requestCount: pages.requestCount }, now);
    }
    pages = noPages(now);
  };
  return {
    report(event) {
      const now = clock.now();
      if (event.type === 'page') {
        pages.rowCount += event.rowCount;
        pages.requestCount += event.requestCount;
        if (now - pages.since >= PAGE_LOG_MS) flush(now);
        return;
      }
      flush(now);
      log(event, now);
    },
    close: () => flush(clock.now()),
  };
}

function noPages(since: Instant) {
  return { rowCount: 0, requestCount: 0, since };
}
