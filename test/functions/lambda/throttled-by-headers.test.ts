import { nightUnder } from './throttled.ts';

/** What is left is told with each answer, and a fifth of it is the shop's. */
nightUnder({ limit: 56, headers: true });
