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

test('a payload of nonsense ends the execution with a sentence that says what is right', async () => {
  await at('2026-03-06T06:00:00Z', async (cloud) => {
    const result = await cloud.start('nonsense', { payload: { day: '2026-03-04' } });
    expect(result.getError()).toMatchObject({ errorType: 'PAYLOAD_INVALID' });
    expect(result.getError().errorMessage).toContain('{"date": "2026-11-20"}');
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
  });
});

test.each<[string, string | undefined, string]>([
  ['no secret', undefined, 'SECRET_UNREADABLE'],
  ['an empty secret', '', 'KEY_MISSING'],
  ['a key that the API refuses', 'sk_of_somebody_else', 'KEY_REFUSED'],
])('%s is a named fault, and nothing is published', async (title, secret, code) => {
  await at('2026-03-06T06:00:00Z', async (cloud) => {
    cloud.aws.setSecret(secret);
    const result = await cloud.start(title, { payload: { date: '2026-03-04' } });
    expect(result.getError()).toMatchObject({ errorType: code });
    expect(await books().published(title)).toEqual([]);
    expect(cloud.aws.messages[0]?.subject).toContain(`FAILED: ${code}`);
  });
});
