import { chosenColumns } from '../../lib/columns/tables.ts';
import { API_KEY, FIRST_SECOND, LAST_SECOND, ORGANIZATION } from './day.ts';

// What both scripts share: pages by `fetch`, windows of time small enough for two of them, and
// cells by dotted path. As a user would write it: nothing is retried, proven, guarded or typed.

// biome-ignore lint/suspicious/noExplicitAny: a script trusts what it gets
type Row = any;

export const COLUMNS = chosenColumns('transactions', []).map(({ name }) => name);
const PATHS = COLUMNS.map((name) => name.split('.'));

export function cellsOf(row: Row): string[] {
  return PATHS.map((path) => String(path.reduce((value, name) => value?.[name], row) ?? ''));
}

interface Window {
  readonly from: number;
  readonly to: number;
}

const DAY: Window = { from: FIRST_SECOND, to: LAST_SECOND };

export async function fetchPage(
  baseUrl: string,
  { from, to, offset, limit = 1000 }: Partial<Window> & { offset: number; limit?: number },
): Promise<{ rows: Row[]; total: number }> {
  const filter = `createdTime:${timeText(from ?? DAY.from)}..${timeText(to ?? DAY.to)}`;
  const query = new URLSearchParams({
    filter,
    sort: 'createdTime',
    limit: `${limit}`,
    offset: `${offset}`,
  });
  const url = `${baseUrl}/organizations/${ORGANIZATION}/transactions?${query}`;
  const answer = await fetch(url, { headers: { 'REB-APIKEY': API_KEY } });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return {
    rows: (await answer.json()) as Row[],
    total: Number(answer.headers.get('Pagination-Total')),
  };
}

/** Equal windows of the day, about 1,500 rows each where the rows are spread evenly. */
export async function windowsOfDay(baseUrl: string): Promise<Window[]> {
  const { total } = await fetchPage(baseUrl, { offset: 0, limit: 1 });
  const width = Math.max(1, Math.floor((86_400 * 1500) / Math.max(1500, total)));
  const windows: Window[] = [];
  for (let from = DAY.from; from <= DAY.to; from += width) {
    windows.push({ from, to: Math.min(from + width - 1, DAY.to) });
  }
  return windows;
}

/** The rows of a window, a page at a time; halves it where it holds more than an offset reaches. */
export async function* pagesOf(baseUrl: string, { from, to }: Window): AsyncGenerator<Row[]> {
  const { rows, total } = await fetchPage(baseUrl, { from, to, offset: 0 });
  if (total > 2000) {
    const middle = Math.floor((from + to) / 2);
    yield* pagesOf(baseUrl, { from, to: middle });
    yield* pagesOf(baseUrl, { from: middle + 1, to });
    return;
  }
  yield rows;
  if (total > 1000) yield (await fetchPage(baseUrl, { from, to, offset: 1000 })).rows;
}

function timeText(second: number): string {
  return new Date(second * 1000).toISOString().replace('.000', '');
}
