import type { EpochSecond, Instant } from '../../lib/model/instant.ts';

// Imports types only: the scripts must not carry the simulator or the program along.

/** The business day that every program exports: always the same one, so that runs compare. */
export const DAY = '2025-03-12';

export const DAY_START = Date.parse(DAY) as Instant;
export const FIRST_SECOND = (DAY_START / 1000) as EpochSecond;
export const LAST_SECOND = (FIRST_SECOND + 24 * 60 * 60 - 1) as EpochSecond;

/** Two months later nothing settles or is disputed any more: the world stands still. */
export const SHOWN_AT = (DAY_START + 60 * 24 * 60 * 60 * 1000) as Instant;

export const ORGANIZATION = 'org_bench';
export const API_KEY = 'sk_bench';
