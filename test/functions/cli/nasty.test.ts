import { expect, test } from 'vitest';
import { NASTY_NAMES, nastinessOf } from '../../../functions/cli/nasty.ts';

test('no name is a calm server and an ordinary world', () => {
  expect(nastinessOf([])).toEqual({ server: { mishaps: {} }, world: {}, denseRowCount: 0 });
});

test('names add up: no mishap of one is lost to another', () => {
  const { server, world, denseRowCount } = nastinessOf(NASTY_NAMES);
  expect(server).toMatchObject({ shuffleTies: true, offsetBeyond: 'clamp', totalCap: 5_000 });
  expect(Object.keys(server.mishaps ?? {})).toEqual(
    expect.arrayContaining(['server-error', 'cut-json', 'reset-late', 'throttle']),
  );
  expect(world).toEqual({ fractions: true, oddities: true });
  expect(denseRowCount).toBeGreaterThan(1_000);
});
