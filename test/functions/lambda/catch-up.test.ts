import { expect, test } from 'vitest';
import { threeDays } from './three-days.ts';

const { at, manifestsOf } = threeDays();

test('a night that was missed is made up for before the next one, as the night of its day', async () => {
  const days = async (now: string) =>
    at(now, async (cloud) => (await cloud.start('missed')).getResult()!.map((one) => one.firstDay));
  expect(await days('2026-03-04T06:00:00Z')).toEqual(['2026-03-03']);
  expect(await days('2026-03-06T06:00:00Z')).toEqual(['2026-03-04', '2026-03-05']);
  expect(await days('2026-03-06T07:00:00Z')).toEqual([]);
  const manifests = await manifestsOf('missed');
  expect(manifests.map(({ judging }) => judging.isNight)).toEqual([true, true, true]);
  expect(manifests.map(({ predecessor }) => predecessor?.period)).toEqual([
    undefined,
    '2026-03-03',
    '2026-03-04',
  ]);
});

test('a night that fails again does not hold up the later ones, and is told and logged', async () => {
  await at('2026-03-06T06:00:00Z', async (cloud) => {
    let calls = 0;
    const failing = <Handler extends (...args: never[]) => Promise<unknown>>(handler: Handler) =>
      ((...args: Parameters<Handler>) => {
        calls += 1;
        return calls <= 4 ? Promise.reject(new Error('It broke.')) : handler(...args);
      }) as Handler;
    const result = await cloud.start('again', { extract: failing });
    expect(result.getResult()?.map(({ firstDay, outcome }) => `${firstDay} ${outcome}`)).toEqual([
      '2026-03-03 failed',
      '2026-03-04 published',
      '2026-03-05 published',
    ]);
    expect(cloud.aws.messages.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('2026-03-03 FAILED: WORKER_FAILED'),
      expect.stringContaining('2026-03-04'),
      expect.stringContaining('2026-03-05'),
    ]);
    const errors = cloud.printed.filter(({ level }) => level === 'ERROR');
    expect(errors).toMatchObject([{ code: 'WORKER_FAILED', firstDay: '2026-03-03' }]);
  });
});
