import type { Instant } from '../model/instant.ts';
import { firstIndex } from './first-index.ts';
import { DAY_MS, HOUR_MS, momentText, SECOND_MS, wallText } from './moments.ts';
import { mix, unit } from './random.ts';

/** Thousands of rows in one second: what an import or a billing run leaves behind. */
export interface DenseSecond {
  readonly at: Instant;
  /** Rows in that second, besides those the timeline has anyway. */
  readonly rowCount: number;
  /** All of them sales of the same amount and currency. Default false. */
  readonly sameAmount?: boolean;
}

export interface TimelineOptions {
  readonly seed: number;
  readonly start: Instant;
  readonly dayCount: number;
  readonly rowCount: number;
  readonly shape: 'even' | 'lively';
  readonly fractions: boolean;
  readonly denseSecond: DenseSecond | undefined;
}

/** When each row of a collection was created; never falls from one index to the next. */
export interface Timeline {
  readonly count: number;
  /** The rows of the dense second, `[denseFrom, denseTo)`. */
  readonly denseFrom: number;
  readonly denseTo: number;
  /** Milliseconds; with a fraction where `createdTime` has more than three digits. */
  createdAt(index: number): Instant;
  createdText(index: number): string;
  firstAt(instant: Instant): number;
}

/** Fraction digits of all rows of a second: one precision a second keeps rounding in order. */
const PRECISIONS = [0, 0, 1, 2, 3, 6] as const;

export function createTimeline(options: TimelineOptions): Timeline {
  const { seed, rowCount, denseSecond, fractions } = options;
  const startMs = Math.floor(options.start / SECOND_MS) * SECOND_MS;
  const spanMs = options.dayCount * DAY_MS;
  const curve = options.shape === 'lively' ? dayCurve(startMs, options.dayCount) : undefined;

  /** Milliseconds since the start with their fraction, before any rounding; rises with the row. */
  const offsetMs = (row: number): number => {
    if (curve === undefined) return (row * spanMs) / rowCount;
    return curve((row + unit(mix(seed, row))) / rowCount);
  };

  /** The second of a row, and the microseconds in it that its precision leaves. */
  const partsOf = (row: number) => {
    const ms = startMs + offsetMs(row);
    const second = Math.floor(ms / SECOND_MS) * SECOND_MS;
    const digits = fractions ? precisionOf(seed, second) : 0;
    // Cut, never rounded: a row may not move into the next second.
    const step = 10 ** (6 - digits);
    const micros = Math.floor(((ms - second) * 1000) / step) * step;
    return { second, micros, digits };
  };

  const ownAt = (row: number): Instant => {
    const { second, micros } = partsOf(row);
    return (second + micros / 1000) as Instant;
  };

  const ownText = (row: number): string => {
    const { second, micros, digits } = partsOf(row);
    if (digits === 0) return momentText(second as Instant);
    const fraction = `${micros}`.padStart(6, '0').slice(0, digits);
    return `${wallText(second as Instant)}.${fraction}Z`;
  };

  const denseAt = denseSecond && ((Math.floor(denseSecond.at / SECOND_MS) * SECOND_MS) as Instant);
  const denseFrom =
    denseAt === undefined ? 0 : firstIndex(0, rowCount, (row) => ownAt(row) >= denseAt);
  const denseCount = denseSecond?.rowCount ?? 0;
  const denseTo = denseFrom + denseCount;
  const isDense = (index: number) => index >= denseFrom && index < denseTo;
  const rowOf = (index: number) => (index < denseFrom ? index : index - denseCount);
  const count = rowCount + denseCount;
  const createdAt = (index: number): Instant => (isDense(index) ? denseAt! : ownAt(rowOf(index)));

  return {
    count,
    denseFrom,
    denseTo,
    createdAt,
    createdText: (index) => (isDense(index) ? momentText(denseAt!) : ownText(rowOf(index))),
    firstAt: (instant) => firstIndex(0, count, (index) => createdAt(index) >= instant),
  };
}

function precisionOf(seed: number, secondMs: number): number {
  return PRECISIONS[(mix(seed, secondMs / SECOND_MS) >>> 0) % PRECISIONS.length]!;
}

/** How busy a shop is by the hour, UTC: asleep at three, busiest at eight in the evening. */
const HOURS = [
  9, 5, 2, 1, 1, 2, 6, 14, 24, 33, 38, 42, 47, 44, 41, 42, 45, 50, 58, 66, 70, 58, 37, 19,
];
/** Sunday to Saturday. */
const WEEKDAYS = [0.7, 1.05, 1, 1, 1.05, 1.2, 0.9];

/** Maps a share of all rows, `[0, 1)`, to the milliseconds since the start that bring it. */
function dayCurve(startMs: number, dayCount: number): (share: number) => number {
  const reached = new Float64Array(dayCount * 24 + 1);
  for (let hour = 0; hour < dayCount * 24; hour++) {
    const at = new Date(startMs + hour * HOUR_MS);
    reached[hour + 1] = reached[hour]! + HOURS[at.getUTCHours()]! * WEEKDAYS[at.getUTCDay()]!;
  }
  const total = reached[dayCount * 24]!;
  return (share) => {
    const goal = share * total;
    const hour = firstIndex(0, dayCount * 24, (h) => reached[h + 1]! > goal);
    const width = reached[hour + 1]! - reached[hour]!;
    return (hour + (goal - reached[hour]!) / width) * HOUR_MS;
  };
}
