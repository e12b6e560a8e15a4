import { expect, test } from 'vitest';
import { nearest } from '../../lib/model/nearest.ts';

test.each([
  ['timezome', 'timezone'],
  ['timeZone', 'timezone'],
  ['colections', 'collections'],
  ['dst', 'dest'],
  ['password', undefined],
  ['', undefined],
])("what was meant by '%s' is %s", (written, meant) => {
  expect(nearest(written, ['timezone', 'collections', 'dest'])).toBe(meant);
});
