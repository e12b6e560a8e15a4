import { expect, test } from 'vitest';
import { KEY } from '../books.ts';
import { threeDays } from './three-days.ts';

const { books, at, manifestsOf } = threeDays();

test('by hand a range is run, or only counted', async () => {
  await at('2026-03-06T06:00:00Z', async (cloud) => {
    const range = { from: '2026-03-03', to: '2026-03-05' };
    const counted = await cloud.start('range', { payload: { ...range, dryRun: true } });
    expect(counted.getResult()).toMatchObject([{ outcome: 'counted', forecast: { laneCount: 2 } }]);
    expect(await books().published('range')).toEqual([]);
    const run = await cloud.start('range', { payload: range });
    expect(run.getResult()).toMatchObject([
      { outcome: 'published', run: { firstDay: '2026-03-03' } },
    ]);
    const [manifest] = await manifestsOf('range');
    expect(manifest?.judging.isNight).toBe(false);
  });
});

test('a run of a period that another has locked is refused by name', async () => {
  await at('2026-03-06T06:00:00Z', async (cloud) => {
    const payload = { date: '2026-03-04' };
    const [first, second] = await Promise.all([
      cloud.start('held', { payload }),
      cloud.start('held', { payload }),
    ]);
    const errors = [first, second].flatMap((result) =>
      result.getStatus() === 'FAILED' ? [result.getError()] : [],
    );
    expect(errors).toMatchObject([{ errorType: 'RUN_UNDERWAY' }]);
    expect(await manifestsOf('held')).toHaveLength(1);
  });
});

test('a key that was changed is fetched again when the one at hand is refused', async () => {
  await at('2026-03-06T06:00:00Z', async (cloud) => {
    const payload = { date: '2026-03-04' };
    cloud.aws.setSecret('sk_that_was_withdrawn');
    const refused = await cloud.start('changed', { payload });
    expect(refused.getError()).toMatchObject({ errorType: 'KEY_REFUSED' });
    cloud.aws.setSecret(KEY);
    const reads = cloud.aws.secretReads;
    expect((await cloud.start('changed', { payload })).getStatus()).toBe('SUCCEEDED');
    expect(cloud.aws.secretReads).toBe(reads + 1);
    // What may pass is logged where it happened: nobody may ever hear of it otherwise.
    const warnings = cloud.printed.filter(({ level }) => level === 'WARN');
    expect(warnings.map(({ code }) => code)).toEqual(['KEY_REFUSED', 'KEY_REFUSED']);
  });
});
