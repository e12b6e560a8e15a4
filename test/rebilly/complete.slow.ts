import { test } from 'vitest';
import { readWorlds } from './complete.ts';

test('every row of 500 nasty worlds is read once, or a fault names what could not be had', () =>
  readWorlds(500));
