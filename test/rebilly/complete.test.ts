import { test } from 'vitest';
import { readWorlds } from './complete.ts';

test('every row of a nasty world is read once, or a fault names what could not be had', () =>
  readWorlds(40));
