import { daysBetween, type LocalDay } from '../../lib/calendar/business-day.ts';
import type { SnapshotFile } from '../../lib/contract.ts';
import { guard } from '../../lib/model/guard.ts';
import { COLLECTIONS } from '../../lib/model/records.ts';
import { type InputName, inputColumns } from '../../lib/reconcile/files.ts';
import { gatewaySigns } from '../../lib/reconcile/named-ids.ts';
import type { CountedReadiness } from '../../lib/reconcile/readiness.ts';
import { acknowledgementsIn } from '../acknowledgements.ts';
import { type CsvPlace, writeCsv } from '../csv-file.ts';
import type { Aftermath } from './changed-rows.ts';
import type { Ground } from './ground.ts';
import type { Cells } from './local-table.ts';

/** Nights for which a gateway account that was seen to reconcile, or to settle, is one that does. */
const GATEWAY_NIGHTS = 30;

/** What stands in `inputs/` beside rows of tables: all that rules are told and no row shows. */
export type Inputs = Readonly<Record<InputName, readonly Cells[]>>;

export async function inputsOf(ground: Ground, { days }: Pick<Aftermath, 'days'>): Promise<Inputs> {
  const { carried, station, run } = ground;
  const { organizationId, firstDay } = run.scope;
  const accepted = await acknowledgementsIn(station.store, organizationId);
  const oldest = station.settings.recountDays;
  const isRecent = ({ businessDate }: Cells) => {
    const age = daysBetween(businessDate as LocalDay, firstDay as LocalDay);
    return age > 0 && age <= oldest;
  };
  return {
    'prior-discrepancies': carried['prior-discrepancies'],
    acknowledgements: accepted.map(guarded),
    absent: absentIds(ground),
    gateways: await gateways(ground),
    published: published(ground, days),
    volumes: carried.volumes.filter(isRecent),
    'money-in': carried['money-in'].filter(isRecent),
  };
}

export async function writeInputs(place: CsvPlace, inputs: Inputs): Promise<SnapshotFile[]> {
  const files: SnapshotFile[] = [];
  for (const [input, rows] of Object.entries(inputs) as [InputName, readonly Cells[]][]) {
    const columns = inputColumns(input);
    const cells = rows.map((row) => columns.map((name) => row[name] ?? ''));
    files.push(...(await writeCsv(place, { name: `inputs/${input}`, columns, rows: [cells] })));
  }
  return files;
}

/** Ids that the API does not return. They grow while findings are confirmed. */
export function absentIds({ fetched }: Ground): readonly Cells[] {
  return COLLECTIONS.flatMap((collection) =>
    [...fetched.absent.get(collection)!].sort().map((id) => ({ collection, id: guard(id) })),
  );
}

/** With what was counted of each day, for who judges without that day's rows. */
export function withCounts(
  days: readonly Cells[],
  readiness: readonly CountedReadiness[],
): readonly Cells[] {
  const counted = new Map(readiness.map((one) => [`${one.period} ${one.collection}`, one]));
  return days.map((day) => {
    const counts = counted.get(`${day['businessDate']} ${day['collection']}`);
    if (counts === undefined || day['state'] === 'settled') return day;
    const { unknownCount, moneyCount, reconciledCount } = counts;
    return { ...day, unknownCount, moneyCount, reconciledCount };
  });
}

/**
 * Published days that may still be looked after. The night looks after all of them; other runs only
 * say since when their own days are what they are.
 */
function published({ run, carried, chain }: Ground, days: Aftermath['days']): readonly Cells[] {
  const { firstDay, lastDay } = run.scope;
  const nights = new Set<string>(chain.nights.map(({ day }) => day));
  const rowCounts = new Map(days.map((one) => [`${one.day} ${one.collection}`, one.rowCount]));
  return carried.published
    .filter(({ businessDate: day }) =>
      run.isNight ? nights.has(day!) && day! < firstDay : day! >= firstDay && day! <= lastDay,
    )
    .map((row) => {
      const rowCount = rowCounts.get(`${row['businessDate']} ${row['collection']}`);
      return rowCount === undefined ? row : { ...row, rowCount: `${rowCount}` };
    });
}

/** Gateway accounts, with the business dates of the nights that last saw what they do. */
async function gateways({ carried, database, run, period, changed }: Ground) {
  const { lastDay } = run.scope;
  const known = new Map(carried.gateways.map((row) => [row['gatewayAccountId']!, row]));
  for (const { id, reconciled, settled } of await database.ask(
    gatewaySigns([period, changed.layer()]),
  )) {
    const before = known.get(id!);
    known.set(id!, {
      gatewayAccountId: id!,
      lastReconciled: reconciled === 'true' ? lastDay : (before?.['lastReconciled'] ?? ''),
      lastSettled: settled === 'true' ? lastDay : (before?.['lastSettled'] ?? ''),
    });
  }
  const isRecent = (seen: string) =>
    seen !== '' && daysBetween(seen as LocalDay, lastDay as LocalDay) < GATEWAY_NIGHTS;
  return [...known.values()]
    .sort((a, b) => (a['gatewayAccountId']! < b['gatewayAccountId']! ? -1 : 1))
    .map((row) => ({
      ...row,
      reconciles: String(isRecent(row['lastReconciled']!)),
      settles: String(isRecent(row['lastSettled']!)),
    }));
}

function guarded(row: object): Cells {
  return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, guard(cell)]));
}
