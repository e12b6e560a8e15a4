import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../lib/config.ts';
import { AnswerText } from '../../lib/model/api-record.ts';
import type { EpochSecond } from '../../lib/model/instant.ts';
import { timeRange } from '../../lib/rebilly/filter.ts';
import { decodePage } from '../../lib/rebilly/page.ts';
import { rowsOf } from '../../lib/rebilly/row.ts';
import { PAGE_LIMIT } from '../../lib/rebilly/source.ts';
import { createTransport, type Transport } from '../../lib/rebilly/transport.ts';
import { assemble } from '../../lib/snapshot/assemble.ts';
import { CsvLines } from '../../lib/snapshot/csv-lines.ts';
import { encodeHeader } from '../../lib/snapshot/encode.ts';
import { createReceipt } from '../../lib/snapshot/receipt.ts';
import { createShaper, header } from '../../lib/snapshot/shape.ts';
import { createFindings } from '../../lib/snapshot/table-reader.ts';
import { createTransactionRows } from '../../lib/snapshot/transaction-rows.ts';
import { directoryStore } from '../../lib/store/directory.ts';
import { startApi } from './api.ts';
import { API_KEY, FIRST_SECOND, LAST_SECOND, ORGANIZATION } from './day.ts';
import { createStopwatch, type Spent, type Stopwatch } from './stopwatch.ts';

export interface PageCosts {
  /** Megabytes (10⁶) of JSON that a page has, before packing. */
  readonly pageMB: number;
  /** What each costs a page of 1,000 rows. */
  readonly stages: readonly Spent[];
}

/** The first pages pay for the compiler. */
const WARM_UP_PAGES = 40;
const MEASURED_PAGES = 100;

/** Columns are read and encoded in one pass. */
const ROWS = 'column reading and encoding';

/** What the same pass takes where nothing is written is reading; the rest is encoding. */
function apart(both: Spent, reading: Stopwatch): readonly Spent[] {
  const [read] = reading.spent();
  const encoding = { wallMs: both.wallMs - read!.wallMs, cpuMs: both.cpuMs - read!.cpuMs };
  return [read!, { stage: 'encoding', ...encoding }];
}

/** Where a page's milliseconds go: the stages of a run, one after the other, on real pages. */
export async function pageCosts(): Promise<PageCosts> {
  const rowCount = (MEASURED_PAGES + 1) * PAGE_LIMIT;
  const api = await startApi({ rowCount, latencyMs: 0, gzip: true });
  const timeoutMs = 60_000;
  const transport = createTransport({ origin: api.baseUrl, connections: 1, timeoutMs });
  const folder = await mkdtemp(join(tmpdir(), 'tieout-bench-'));
  try {
    await passPages(WARM_UP_PAGES, transport, join(folder, 'warm-up'), createStopwatch());
    const watch = createStopwatch();
    const byteCount = await passPages(MEASURED_PAGES, transport, join(folder, 'measured'), watch);
    // After that: for two kinds of lines the compiler would make slower code of what writes them.
    await readPages(WARM_UP_PAGES, transport, createStopwatch());
    const reading = createStopwatch();
    await readPages(MEASURED_PAGES, transport, reading);
    const spent = watch.spent().flatMap((one) => (one.stage === ROWS ? apart(one, reading) : one));
    const stages = spent.map(({ stage, wallMs, cpuMs }) => ({
      stage,
      wallMs: wallMs / MEASURED_PAGES,
      cpuMs: cpuMs / MEASURED_PAGES,
    }));
    return { pageMB: byteCount / MEASURED_PAGES / 1e6, stages };
  } finally {
    await transport.close();
    await api.stop();
    await rm(folder, { recursive: true });
  }
}

/** Takes pages the way of a run, from the socket to the published file; returns their bytes. */
async function passPages(
  pageCount: number,
  transport: Transport,
  folder: string,
  { time }: Stopwatch,
): Promise<number> {
  const { csv, timezone } = loadConfig('{}', 'the benchmark');
  const store = directoryStore(folder);
  const shaper = createShaper('transactions', { timezone, addedColumns: [], csv });
  const maker = createReceipt();
  const draft = await store.draft('part.csv');
  let byteCount = 0;
  for (let page = 0; page < pageCount; page += 1) {
    const path = pathOf(page);
    await time('transport, packed (gzip)', () => transport.get(path, PACKED));
    const { body } = await time('transport, plain', () => transport.get(path, PLAIN));
    byteCount += body.length;
    const records = await time('parsing', () => decodePage(new AnswerText(body), shaper.members)!);
    const rows = await time('ids and times', () => rowsOf('transactions', records));
    const [lines] = await time(ROWS, () => shaper.shape(rows.map(({ record }) => record)));
    const { bytes } = lines!;
    await time('digest', () => maker.add(bytes, rows.length));
    await time('writing', () => draft.write(bytes));
  }
  await time('writing', () => draft.publish());
  await time('assembling (read, digest twice, write)', () =>
    assemble({
      table: 'transactions',
      header: encodeHeader(header('transactions', []), csv),
      parts: [
        {
          receipt: { table: 'transactions', ...maker.receipt() },
          read: () => store.read('part.csv'),
        },
      ],
      open: (name) => store.draft(name),
    }),
  );
  return byteCount;
}

/** Reads the columns of pages, and writes nothing. */
async function readPages(
  pageCount: number,
  transport: Transport,
  { time }: Stopwatch,
): Promise<void> {
  const { csv, timezone } = loadConfig('{}', 'the benchmark');
  const options = { timezone, addedColumns: [], csv };
  const rows = createTransactionRows(options, createFindings('transactions'));
  const nowhere = new NoLines(csv);
  for (let page = 0; page < pageCount; page += 1) {
    const { body } = await transport.get(pathOf(page), PLAIN);
    const records = rowsOf('transactions', decodePage(new AnswerText(body), rows.members)!);
    await time('column reading', () =>
      rows.shape(
        records.map(({ record }) => record),
        () => nowhere,
      ),
    );
  }
}

/** Lines that nobody keeps. */
class NoLines extends CsvLines {
  override beginLine(): void {}
  override empty(): void {}
  override copy(): boolean {
    return true;
  }
  override append(): void {}
  override copyQuoted(): void {}
  override text(): void {}
  override endLine(): void {}
}

const PLAIN = { accept: 'application/json', 'reb-apikey': API_KEY };
const PACKED = { ...PLAIN, 'accept-encoding': 'gzip' };

function pathOf(page: number): string {
  const share = page / (MEASURED_PAGES + 1);
  const from = FIRST_SECOND + Math.floor((LAST_SECOND + 1 - FIRST_SECOND) * share);
  const filter = encodeURIComponent(timeRange('createdTime', from as EpochSecond, LAST_SECOND));
  const query = `limit=${PAGE_LIMIT}&offset=0&sort=createdTime&filter=${filter}`;
  return `/organizations/${ORGANIZATION}/transactions?${query}`;
}
