import { basename } from 'node:path';
import { COLLECTIONS } from '../../lib/model/records.ts';
import { header } from '../../lib/snapshot/shape.ts';
import { type DatedLabel, daysAfter, startOf } from '../simulator/diary/chain.ts';
import { createDiary, type Diary, type Page } from '../simulator/diary/diary.ts';
import type { LivingWorld } from '../simulator/diary/living-world.ts';
import { nameOf } from '../simulator/diary/troubles.ts';
import { typed } from '../world/command-line.ts';
import { type Books, clockAt, openBooks, rowsOf } from './books.ts';
import { idsOf, pageOf } from './nights-page.ts';
import { type Run, runsOf, type Script, titleOf } from './nights-script.ts';

/** Where all of them publish. */
const DEST = 'books';

export interface PlayedNight {
  readonly title: string;
  /** Rows by name of the file. */
  readonly rowCounts: ReadonlyMap<string, number>;
  /** The lists that the diary has an opinion on. */
  readonly expected: Partial<Page>;
  readonly found: Page;
  readonly ids: ReadonlyMap<string, string>;
  /** Every list as an offline judge writes it; undefined where nobody asked one. */
  readonly again: { readonly found: Page; readonly listed: Page } | undefined;
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
      const listed = await pageOf(address);
      const ids = await idsOf(address);
      const again = isJudgedAgain(script, run)
        ? { listed, found: await judgedAgain(books, address) }
        : undefined;
      const pages = compared(diary, labels, run, listed);
      yield { title: titleOf(run), rowCounts, ids, again, ...pages };
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

function isJudgedAgain({ firstDay, judgedAgain = [] }: Script, { to }: Run): boolean {
  return judgedAgain.some((number) => daysAfter(firstDay, number) === to);
}

/** From the files of the snapshot alone. */
async function judgedAgain(books: Books, address: string): Promise<Page> {
  const out = books.at(`again-${basename(address)}`);
  const { exitCode, stderr } = await typed(['reconcile', address, '--out', out]);
  if (exitCode !== 0) throw new Error(`${address} was not judged again: ${stderr}`);
  return pageOf(out);
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
