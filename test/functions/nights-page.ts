import type { Page } from '../simulator/diary/diary.ts';
import { type CsvRow, rowsOf } from './books.ts';

/** What a list lacks and has too much. */
interface Difference {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
}

/** The three lists of a snapshot as the diary writes them. */
export async function pageOf(address: string): Promise<Page> {
  const names = ['discrepancies.csv', 'restatements.csv', 'readiness.csv'];
  const [discrepancies, restatements, readiness] = await Promise.all(
    names.map((name) => rowsOf(address, name)),
  );
  return {
    discrepancies: discrepancies!
      .map((row) => {
        const { status, firstSeen, lastSeen, ageDays } = row;
        return `${troubleOf(row)}: ${status} ${firstSeen}..${lastSeen} ${ageDays}`;
      })
      .sort(),
    restatements: restatements!
      .map(({ collection, recordId, businessDate, kind, field, old, ...row }) => {
        const head = `${collection} ${recordId} ${businessDate}`;
        const effect = row['effect'] === '' ? '' : ` (${row['effect']} ${row['currency']})`;
        return `${head}: ${kind} ${field} ${old} -> ${row['new']}${effect}`;
      })
      .sort(),
    readiness: readiness!
      .map(({ period, collection, state, since }) => `${period} ${collection}: ${state} ${since}`)
      .sort(),
  };
}

/** Ids of the discrepancies of a snapshot, by what a label would say. */
export async function idsOf(address: string): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsOf(address, 'discrepancies.csv');
  return new Map(rows.map((row) => [troubleOf(row), row['id']!]));
}

function troubleOf({ rule, collection, recordId }: CsvRow): string {
  return `${rule} ${collection} ${recordId}`;
}

/** By list; none where they say the same. */
export function differencesOf(
  expected: Partial<Page>,
  found: Page,
): Readonly<Record<string, Difference>> {
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
