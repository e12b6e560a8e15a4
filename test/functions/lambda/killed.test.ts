import { killsTheNight } from './killed.ts';

killsTheNight([2, 5, 8]);
