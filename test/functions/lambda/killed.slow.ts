import { killsTheNight } from './killed.ts';

/** A night has ten operations, most of them written when they begin and when they end. */
killsTheNight(Array.from({ length: 12 }, (_, checkpoints) => checkpoints + 1));
