import { openStandingBooks } from '../broken-run.ts';
import { keptNights } from './kept-nights.ts';
import { killsTheNight } from './killed.ts';
import { DIRECTORY } from './place.ts';

killsTheNight(keptNights(DIRECTORY, openStandingBooks), [3, 5, 8]);
