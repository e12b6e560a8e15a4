import { openStandingBooks } from '../broken-run.ts';
import { keptNights } from './kept-nights.ts';
import { killsTheNight } from './killed.ts';
import { DIRECTORY } from './place.ts';

/** A plain night writes eleven checkpoints or twelve: some are written together. */
killsTheNight(
  keptNights(DIRECTORY, openStandingBooks),
  Array.from({ length: 10 }, (_, checkpoints) => checkpoints + 1),
);
