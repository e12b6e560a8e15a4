import { readdir } from 'node:fs/promises';
import type { Instant } from '../../lib/model/instant.ts';
import { COLLECTIONS } from '../../lib/model/records.ts';
import { header } from '../../lib/snapshot/shape.ts';
import { DAY_MS, type DatedLabel, daysAfter, startOf } from '../simulator/diary/chain.ts';
import { createDiary, type Diary, type Page } from '../simulator/diary/diary.ts';
import type { LivingWorld } from '../simulator/diary/living-world.ts';
import { nameOf } from '../simulator/diary/troubles.ts';
import { type Books, clockAt, openBooks, rowsOf } from './books.ts';

/** A quarter past six in the morning after. */
const NIGHT_MS = DAY_MS + 6.25 * 3_600_000;
/** When somebody comes to the office and starts something by hand. */
const NOON_MS = DAY_MS + 12 * 3_600_000;

const HOUR_MS = 3_600_000;
/** Where all of them publish. */
const DEST = 'books';

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
}

interface Acceptance {
  readonly after: number;
  readonly plantedBy: string;
  readonly day: number;
}

/** What a list lacks and has too much. */
export interface Difference {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
}

export interface PlayedNight {
  readonly title: string;
  /** Rows by name of the file. */
  readonly rowCounts: ReadonlyMap<string, number>;
  /** The lists that the diary has an opinion on. */
  readonly expected: Partial<Page>;
  readonly found: Page;
}

/** One run, and the instant at which it starts; or the acceptance of a fault. */
interface Run {
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

/** Plays a script on a world into one destination, and keeps the diary beside it. */
export async function* playNights(
  { world, labels }: LivingWorld,
  script: Script,
): AsyncIterable<PlayedNight> {
  const [transactions, memos] = COLLECTIONS.map((name) => header(name, []));
  const columns = { transactions: transactions!, 'credit-memos': memos! };
  const diary = createDiary(world, labels, columns);
  const books = await openBooks({ world, asOf: startOf(script.firstDay) });
  try {
    for (const run of runsOf(script)) {
      const { from, to, at } = run;
      books.simulator.setAsOf(at);
      const clock = clockAt(new Date(at).toISOString());
      const { address, manifest } = await books.night(DEST, { from, to, clock });
      const rowCounts = new Map(manifest.files.map(({ name, rowCount }) => [name, rowCount]));
      const found = await pageOf(address);
      yield { title: titleOf(run), rowCounts, ...compared(diary, labels, run, found) };
      if (run.how !== 'night') continue;
      for (const label of acceptedAfter(labels, script, to)) {
        await accept(books, address, label);
        diary.accept(nameOf(label), at);
      }
    }
  } finally {
    await books.close();
  }
}

function acceptedAfter(
  labels: LivingWorld['labels'],
  { firstDay, accepted = [] }: Script,
  lastDay: string,
): LivingWorld['labels'] {
  const own = accepted.filter(({ after }) => daysAfter(firstDay, after) === lastDay);
  return own.map(({ day, plantedBy }) => {
    const label = labels.find(
      (one) => one.day === daysAfter(firstDay, day) && one.plantedBy === plantedBy,
    );
    if (label === undefined) throw new Error(`Nobody planted ${plantedBy} on day ${day}.`);
    return label;
  });
}

/** Types what an accountant types who has read the list. */
async function accept(books: Books, address: string, label: DatedLabel): Promise<void> {
  const listed = await rowsOf(address, 'discrepancies.csv');
  const row = listed.find(
    (one) => one['rule'] === label.rule && one['recordId'] === label.recordId,
  );
  const words = ['--reason', 'Agreed with the bank.', '--by', 'The accountant'];
  const { exitCode, stderr } = await books.type(DEST, ['ack', `${row?.['id']}`, ...words]);
  if (exitCode !== 0) throw new Error(`${label.plantedBy} was not accepted: ${stderr}`);
}

/** Of a run by hand the diary knows what it finds in its own days, not what it takes along. */
function compared(
  diary: Diary,
  labels: LivingWorld['labels'],
  { how, from, to, at }: Run,
  found: Page,
): Pick<PlayedNight, 'expected' | 'found'> {
  if (how === 'night') return { expected: diary.night({ day: to, at }), found };
  if (how === 'again') return { expected: diary.again({ day: to, at }), found };
  const strangers = labels.filter(({ day }) => day < from || day > to).map(nameOf);
  const own = found.discrepancies.filter((line) => !strangers.includes(line.split(': ')[0]!));
  const discrepancies = diary.range({ from, to, at });
  return { expected: { discrepancies }, found: { ...found, discrepancies: own } };
}

/** The three lists of a snapshot as the diary writes them. */
async function pageOf(address: string): Promise<Page> {
  const names = await readdir(address);
  const rows = async (name: string) => (names.includes(name) ? rowsOf(address, name) : []);
  const [discrepancies, restatements, readiness] = await Promise.all(
    ['discrepancies.csv', 'restatements.csv', 'readiness.csv'].map(rows),
  );
  return {
    discrepancies: discrepancies!
      .map(({ status, firstSeen, lastSeen, ageDays, ...row }) => {
        const name = nameOf(row as unknown as Parameters<typeof nameOf>[0]);
        return `${name}: ${status} ${firstSeen}..${lastSeen} ${ageDays}`;
      })
      .sort(),
    restatements: restatements!
      .map(({ collection, recordId, businessDate, kind, field, old, ...row }) => {
        const head = `${collection} ${recordId} ${businessDate}`;
        return `${head}: ${kind} ${field} ${old} -> ${row['new']}`;
      })
      .sort(),
    readiness: readiness!
      .map(({ period, collection, state, since }) => `${period} ${collection}: ${state} ${since}`)
      .sort(),
  };
}

/** By list; none where they say the same. */
export function differencesOf({
  expected,
  found,
}: PlayedNight): Readonly<Record<string, Difference>> {
  const differences = Object.entries(expected).map(([name, lines]) => {
    const others = found[name as keyof Page];
    return [name, { missing: without(lines, others), unexpected: without(others, lines) }] as const;
  });
  return Object.fromEntries(
    differences.filter(([, { missing, unexpected }]) => missing.length + unexpected.length > 0),
  );
}

/** The lines of one list that the other has not, each as often as it is left over. */
function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
