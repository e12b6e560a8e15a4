import { describe, expect, test } from 'vitest';
import { createReporter } from '../../../functions/cli/reporter.ts';
import { createRuntime } from '../../../functions/runtime.ts';
import type { RunId } from '../../../lib/model/ids.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import type { RunEvent } from '../../../lib/model/run-event.ts';
import { fakeHost } from '../../world/host.ts';

const START = Date.UTC(2026, 10, 21, 6, 15) as Instant;
const PAGE: RunEvent = { type: 'page', rowCount: 1_000, requestCount: 1 };
const PLAN: RunEvent = { type: 'plan-ready', rowEstimate: 9_000, laneCount: 1 };

/** A reporter whose clock the test moves. */
function reporterAt(options: { readonly isTerminal?: boolean; readonly quiet?: boolean }) {
  const world = fakeHost({ isTerminal: options.isTerminal === true });
  let now: Instant = START;
  const { clock, ...runtime } = createRuntime(world.host);
  const ours = { ...runtime, clock: { ...clock, now: () => now } };
  const reporter = createReporter(ours, { quiet: options.quiet === true });
  const pass = (ms: number): void => {
    now = (now + ms) as Instant;
  };
  return { ...reporter, world, pass };
}

describe('away from a terminal', () => {
  test('every event is a JSON line with its instant', () => {
    const { report, world } = reporterAt({});
    report(PLAN);
    expect(world.printed('stderr')).toBe(
      '{"at":"2026-11-21T06:15:00Z","type":"plan-ready","rowEstimate":9000,"laneCount":1}\n',
    );
  });

  test('pages are added up until a while has passed, and none is lost', () => {
    const { report, close, pass, world } = reporterAt({});
    report(PAGE);
    report(PAGE);
    expect(world.printed('stderr')).toBe('');
    pass(5_000);
    report(PAGE);
    expect(world.printed('stderr')).toBe(
      '{"at":"2026-11-21T06:15:05Z","type":"page","rowCount":3000,"requestCount":3}\n',
    );
    report(PAGE);
    close();
    close();
    expect(JSON.parse(world.printed('stderr'))).toMatchObject({ rowCount: 1_000 });
  });
});

describe('on a terminal', () => {
  test('one line changes, ten times a second at most', () => {
    const { report, close, pass, world } = reporterAt({ isTerminal: true });
    report(PLAN);
    report(PAGE);
    report(PAGE);
    pass(100);
    report(PAGE);
    close();
    const printed = world.printed('stderr');
    expect(printed).not.toContain('\n');
    expect(printed.split('\r\u001b[2K')).toEqual([
      '',
      '0 of 9,000 rows · 0 requests · 0 rows/s',
      '3,000 of 9,000 rows · 3 requests · 30,000 rows/s · 1 s left',
      '',
    ]);
  });

  test('an unfinished run is told on a line that stays', () => {
    const { report, world } = reporterAt({ isTerminal: true });
    report({ type: 'unfinished-found', runId: '20261121T061500Z' as RunId });
    expect(world.printed('stderr')).toMatch(/Run 20261121T061500Z .* --resume .*\n/);
  });

  test('the line never wraps', () => {
    const { report, world } = reporterAt({ isTerminal: true });
    report({ type: 'retry', what: 'x'.repeat(200), attempt: 2 });
    expect(world.printed('stderr').length).toBeLessThan(90);
  });
});

test('quiet means quiet', () => {
  const { report, close, world } = reporterAt({ quiet: true });
  report(PLAN);
  close();
  expect(world.printed('stderr')).toBe('');
});
