import { killsTheNight } from './killed.ts';

/** A plain night writes eleven checkpoints or twelve: some are written together. */
killsTheNight(Array.from({ length: 10 }, (_, checkpoints) => checkpoints + 1));
