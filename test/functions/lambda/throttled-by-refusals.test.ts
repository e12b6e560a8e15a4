import { nightUnder } from './throttled.ts';

/** That it is closed is told by refusals alone. */
nightUnder({ limit: 24, headers: false });
