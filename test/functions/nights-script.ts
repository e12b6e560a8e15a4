import type { Instant } from '../../lib/model/instant.ts';
import { DAY_MS, daysAfter, startOf } from '../simulator/diary/chain.ts';

/** A quarter past six in the morning after. */
const NIGHT_MS = DAY_MS + 6.25 * 3_600_000;
/** When somebody comes to the office and starts something by hand. */
const NOON_MS = DAY_MS + 12 * 3_600_000;

const HOUR_MS = 3_600_000;
/** What is played, by the number of the day. */
export interface Script {
  readonly firstDay: string;
  readonly dayCount: number;
  readonly missed?: number;
  /** The night that is run once more, at noon. */
  readonly again?: number;
  /** A run by hand at the noon after a night. */
  readonly range?: { readonly after: number; readonly from: number; readonly to: number };
  /** Faults that somebody accepts at the noon after a night, by who planted them and when. */
  readonly accepted?: readonly Acceptance[];
  /** Days whose runs are judged again, offline. */
  readonly judgedAgain?: readonly number[];
}

interface Acceptance {
  readonly after: number;
  readonly plantedBy: string;
  readonly day: number;
}

/** One run, and the instant at which it starts. */
export interface Run {
  readonly how: 'night' | 'again' | 'by hand';
  readonly from: string;
  readonly to: string;
  readonly at: Instant;
}

export function runsOf(script: Script): readonly Run[] {
  const { firstDay, dayCount, missed, again, range } = script;
  const day = (number: number) => daysAfter(firstDay, number);
  const at = (number: number, ms: number) => (startOf(day(number)) + ms) as Instant;
  const ofDay = (how: Run['how'], number: number, ms: number): Run => {
    return { how, from: day(number), to: day(number), at: at(number, ms) };
  };
  return Array.from({ length: dayCount }, (_, number) => {
    const runs = number === missed ? [] : [ofDay('night', number, NIGHT_MS)];
    if (number === again) runs.push(ofDay('again', number, NOON_MS));
    if (number !== range?.after) return runs;
    const { from, to } = range;
    const when = at(number, NOON_MS + HOUR_MS);
    return [...runs, { how: 'by hand' as const, from: day(from), to: day(to), at: when }];
  }).flat();
}

/** `night 2026-10-05`, `again 2026-10-05`, `by hand 2026-10-03..2026-10-07`. */
export function titleOf({ how, from, to }: Run): string {
  return `${how} ${from}${from === to ? '' : `..${to}`}`;
}
