import { expect, test } from 'vitest';
import { takeLock } from '../../../functions/lock.ts';
import { openStore } from '../../../functions/open-store.ts';
import { organizationId } from '../../../lib/model/ids.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import { latestKey, MANIFEST_NAME, snapshotPrefix } from '../../../lib/object-keys.ts';
import { DAY } from '../broken-run.ts';
import { runsIn, tablesOf, theOnlyRun } from './cloud.ts';
import { type KeptNights, NOW } from './kept-nights.ts';

const ORGANIZATION = organizationId('org_simulated');
const DAY_BEFORE = '2026-03-03';
const scopeOf = (day: string) => ({ organizationId: ORGANIZATION, firstDay: day, lastDay: day });
const SCOPE = scopeOf(DAY);

const HOUR_MS = 3_600_000;

/** When a lock that was taken at `NOW` for an hour holds no longer. */
const HOURS_LATER = '2026-03-05T08:00:00Z';

/** When the lock of a run that began at `NOW` holds no longer: it waits for two hours at most. */
const EVENING = '2026-03-05T18:00:00Z';

/** What becomes of a period at which others are too: each time the place decides for one of them. */
export function keepsRivalsApart(nights: KeptNights): void {
  const placeOf = async (name: string) => {
    const dest = nights.dest(name);
    const address = nights.cloud.at(dest);
    const store = await openStore(address);
    const latest = async (day = DAY) =>
      JSON.parse((await store.text(latestKey(scopeOf(day)))) ?? '{}').runId;
    return { dest, address, store, latest };
  };

  /** Two starts at once. */
  async function twice(dest: string, now = NOW): Promise<unknown[]> {
    const starts = [nights.cloud.start(dest, { now }), nights.cloud.start(dest, { now })];
    const results = await Promise.all(starts);
    return results.map((result) => result.getResult()?.[0]?.outcome).sort();
  }

  test('of two starts for one night one publishes, and the other stands back', async () => {
    const { dest, address } = await placeOf('twice');
    expect(await twice(dest)).toEqual(['published', 'underway']);
    expect(await tablesOf(await theOnlyRun(address))).toEqual(nights.laptop);
  });

  test('a lock whose holder died is taken over once it has expired, by one of two', async () => {
    const { dest, address, store } = await placeOf('died');
    const dead = { scope: SCOPE, holder: 'arn:dead' };
    await takeLock(store, dead, Date.parse(NOW) as Instant, HOUR_MS);
    expect(await twice(dest)).toEqual(['underway', 'underway']);
    expect(await runsIn(address)).toEqual([]);
    expect(await twice(dest, HOURS_LATER)).toEqual(['published', 'underway']);
    await theOnlyRun(address);
  });

  test('a run that outlives its lock is published beside the newer one, and latest.json stays', async () => {
    const { dest, address, latest } = await placeOf('outlived');
    const [reading, goesOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const older = nights.cloud.start(dest, {
      extract: (handler) => async (event, context) => {
        reading.resolve();
        await goesOn.promise;
        return handler(event, context);
      },
    });
    await reading.promise;
    const newer = await nights.cloud.start(dest, { now: EVENING, payload: { date: DAY } });
    goesOn.resolve();
    const runIds = [await older, newer].map((result) => result.getResult()![0]!.run!.runId);
    expect(runIds[0]! < runIds[1]!).toBe(true);
    expect(await runsIn(address)).toHaveLength(2);
    expect(await latest()).toBe(runIds[1]);
  });

  test('runs of two periods that publish at once each move their own latest.json', async () => {
    const { dest, store, latest } = await placeOf('periods');
    const days = [DAY_BEFORE, DAY];
    const starts = days.map((date) => nights.cloud.start(dest, { payload: { date } }));
    const results = await Promise.all(starts);
    const runIds = results.map((result) => result.getResult()![0]!.run!.runId);
    // Of plans by one id the second is refused, whatever its period: their parts would mix.
    expect(new Set(runIds).size).toBe(2);
    expect(await Promise.all(days.map(latest))).toEqual(runIds);
    const mark = await store.text('organization=org_simulated/destination.json');
    expect(JSON.parse(mark!)).toEqual({ environment: 'local', timezone: 'UTC' });
  });

  test('a manifest that another was quicker to write is never replaced', async () => {
    const { dest, store, latest } = await placeOf('raced');
    let key = '';
    let other: Promise<void> | undefined;
    const result = await nights.cloud.start(dest, {
      onLog(message, facts) {
        if (message === 'run-started' && 'runId' in facts) {
          key = `${snapshotPrefix(SCOPE, '', facts.runId as never)}/${MANIFEST_NAME}`;
        }
        if (message === 'judging') other ??= store.put(key, 'the other one');
      },
    });
    await other;
    expect(result.getError().errorType).toBe('SNAPSHOT_DAMAGED');
    expect(await store.text(key)).toBe('the other one');
    expect(await latest()).toBeUndefined();
  });
}
