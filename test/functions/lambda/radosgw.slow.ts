import { expect, test, vi } from 'vitest';
import { type Radosgw, startRadosgw } from '../../world/radosgw.ts';
import { runsIn, tablesOf } from './cloud.ts';
import { keepsThePlainNight, keptNights } from './kept-nights.ts';
import { killsTheNight } from './killed.ts';
import { bucketOf } from './place.ts';
import { keepsRivalsApart } from './rivals.ts';

let world: Radosgw;

const nights = keptNights(
  bucketOf(async () => {
    world = await startRadosgw();
    return world;
  }),
);

keepsThePlainNight(nights);
keepsRivalsApart(nights);
killsTheNight(nights, [3, 8]);

test.each<[string, string, () => Partial<Radosgw['stranger']>, string]>([
  ['a bucket that is not there', 's3://nowhere', () => ({}), 'DESTINATION_INVALID'],
  ['a bucket of somebody else', '', () => world.stranger, 'DESTINATION_UNREADABLE'],
])('%s is a named fault, and what is there stays as it was', async (_title, dest, env, code) => {
  const { cloud } = nights;
  const [run = ''] = await runsIn(nights.dest('plain'));
  const told = cloud.aws.messages.length;
  for (const [name, value] of Object.entries(env())) vi.stubEnv(name, value);
  const result = await cloud.start(dest || nights.dest('plain'));
  for (const [name, value] of Object.entries(world.environment)) vi.stubEnv(name, value);
  expect(result.getError()).toMatchObject({ errorType: code });
  expect(cloud.printed.at(-1)).toMatchObject({ level: 'ERROR', code });
  expect(cloud.aws.messages[told]?.subject).toContain(`FAILED: ${code}`);
  expect(await runsIn(nights.dest('plain'))).toEqual([run]);
  expect(await tablesOf(run)).toEqual(nights.laptop);
});
