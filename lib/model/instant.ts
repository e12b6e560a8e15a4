/** Epoch milliseconds, UTC. Branded, so that it cannot be mixed up with a count or a duration. */
export type Instant = number & { readonly instant: unique symbol };

/** A whole second since the epoch, UTC: the unit in which the API's filters and lanes think. */
export type EpochSecond = number & { readonly epochSecond: unique symbol };

/**
 * A moment as the API wrote it: the API documents whole seconds, but may keep fractions
 * (contract: "accept 0–9 digits and Z or an offset"). `fraction` holds the digits sent, or ''.
 */
export interface Timestamp {
  readonly second: EpochSecond;
  readonly fraction: string;
}

export interface Clock {
  now(): Instant;
  /** Resolves after `waitMs`; rejects when the run is told to stop. */
  wait(waitMs: number): Promise<void>;
}

const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):?(\d\d))$/;

/** Reads RFC 3339 text with any offset and 0 to 9 fraction digits; undefined when it is not that. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const found = RFC_3339.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, offHour, offMinute] = found;
  const utcMs = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!);
  const written = new Date(utcMs);
  // Date.UTC rolls 31 February over to March and 24:00 to the next day; neither is a moment.
  if (written.getUTCDate() !== +day! || written.getUTCHours() !== +hour!) return undefined;
  if (+minute! > 59 || +second! > 59) return undefined;
  const offsetS = sign ? (sign === '-' ? -1 : 1) * (+offHour! * 3600 + +offMinute! * 60) : 0;
  return { second: (utcMs / 1000 - offsetS) as EpochSecond, fraction };
}

/** ISO 8601 in UTC, to the second, with the fraction that was sent: `2026-11-20T23:59:59.5Z`. */
export function timestampText({ second, fraction }: Timestamp): string {
  const whole = secondText(second);
  return fraction === '' ? whole : `${whole.slice(0, -1)}.${fraction}Z`;
}

/** `2026-11-20T23:59:59Z` */
export function secondText(second: EpochSecond): string {
  return `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
}

/** `2026-11-20T23:59:59Z`: the instant cut to its second. */
export function instantText(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

export function secondOf(instant: Instant): EpochSecond {
  return Math.floor(instant / 1000) as EpochSecond;
}

export function instantOf(second: EpochSecond): Instant {
  return (second * 1000) as Instant;
}

/** Orders two moments: fractions compare as digits after the point, so '5' = '50' > '49'. */
export function compareTimestamps(a: Timestamp, b: Timestamp): number {
  if (a.second !== b.second) return a.second - b.second;
  if (a.fraction === b.fraction) return 0;
  const [x, y] = [a.fraction.padEnd(9, '0'), b.fraction.padEnd(9, '0')];
  return x < y ? -1 : x > y ? 1 : 0;
}
