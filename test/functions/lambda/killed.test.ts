import { killsTheNight } from './killed.ts';

killsTheNight([3, 5, 8]);
