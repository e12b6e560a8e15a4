import { type Config, loadConfig, type Settings, settle, valueRefused } from '../lib/config.ts';
import { hoursSkipped } from './hours-skipped.ts';

/** What the configuration says of one stack, once everything in it was checked. */
export interface Deployment {
  readonly organizationId: Settings['organizationId'];
  readonly timezone: string;
  readonly aws: Config['aws'];
  /** The configuration as the functions read it. */
  readonly configText: string;
}

/** A day of 23 hours is over an hour early, and its hours come an hour earlier after midnight. */
const CLOCK_CHANGE_HOURS = 1;

/** From the start of a night to its deadline at least: what a night of 25 hours needs, and a run. */
const HOURS_TO_DEADLINE = 2;

/**
 * Lambda holds 4 KB of environment in all. The other variables are names of a stack's resources,
 * each at most 170 bytes: a kilobyte is theirs.
 */
const CONFIG_BYTES = 3_072;

/** What judging takes beside the database: Node, rows on their way, the files' pages. */
const BESIDE_DATABASE_MB = 1_024;

/** Reads a configuration's text as far as the cloud needs it. Faults are those of the file. */
export function deployment(text: string, origin: string): Deployment {
  const config = loadConfig(text, origin);
  const { organizationId } = settle(config, {}, { baseUrl: undefined });
  const configText = compact(text);
  checkNight(config, origin);
  checkHours(config, origin);
  checkMemory(config, origin);
  if (Buffer.byteLength(configText) > CONFIG_BYTES) {
    const size = `${Buffer.byteLength(configText)} bytes`;
    const remedy = `Leave out what is as the defaults are: a function holds ${CONFIG_BYTES} bytes.`;
    throw valueRefused(origin, '', size, remedy);
  }
  return { organizationId, timezone: config.timezone, aws: config.aws, configText };
}

function compact(text: string): string {
  const { $schema: _, ...given } = JSON.parse(text.replace(/^\uFEFF/, ''));
  return JSON.stringify(given);
}

/** A view is never the night: the schedule would publish one, and the alarm would ring daily. */
function checkNight({ filter, collections }: Config, origin: string): void {
  const remedy = 'Leave it out: the night reads everything. Views are for runs by hand.';
  if (filter !== '') throw valueRefused(origin, 'filter', filter, remedy);
  if (new Set(collections).size < 2) throw valueRefused(origin, 'collections', collections, remedy);
}

/** A function that holds more than it has is killed, and says nothing. */
function checkMemory({ aws, memoryLimit }: Config, origin: string): void {
  const limitMb = Number.parseInt(memoryLimit, 10) * (memoryLimit.endsWith('GB') ? 1_000 : 1);
  const leastMb = limitMb + BESIDE_DATABASE_MB;
  if (aws.judgeMemoryMb >= leastMb) return;
  const remedy = `Give it at least ${leastMb}, or lower memoryLimit, which is ${memoryLimit}.`;
  throw valueRefused(origin, 'aws.judgeMemoryMb', aws.judgeMemoryMb, remedy);
}

function checkHours({ aws, timezone, graceMinutes }: Config, origin: string): void {
  const { hour, deadlineHour } = aws;
  const skipped = hoursSkipped(timezone);
  if (skipped === undefined) {
    const remedy = 'Write it as IANA does, for example Europe/Vienna, America/New_York or UTC.';
    throw valueRefused(origin, 'timezone', timezone, remedy);
  }
  if (skipped.has(hour)) {
    const named = [...skipped].sort((a, b) => a - b).join(', ');
    const remedy = `Give it an hour that clocks in ${timezone} show every day: not ${named}.`;
    throw valueRefused(origin, 'aws.hour', hour, remedy);
  }
  const earliest = Math.ceil(graceMinutes / 60) + CLOCK_CHANGE_HOURS;
  const latest = 23 - HOURS_TO_DEADLINE;
  if (earliest > latest) {
    const remedy = `Give it at most ${(latest - CLOCK_CHANGE_HOURS) * 60}: the night runs on the day after.`;
    throw valueRefused(origin, 'graceMinutes', graceMinutes, remedy);
  }
  if (hour < earliest || hour > latest) {
    const remedy =
      `Give it a whole number from ${earliest} to ${latest}: the period is over, its grace of ` +
      `${graceMinutes} minutes too, and the deadline is on the same day.`;
    throw valueRefused(origin, 'aws.hour', hour, remedy);
  }
  if (deadlineHour < hour + HOURS_TO_DEADLINE) {
    const remedy = `Give it a whole number from ${hour + HOURS_TO_DEADLINE} to 23.`;
    throw valueRefused(origin, 'aws.deadlineHour', deadlineHour, remedy);
  }
}
