import type { LocalDay } from '../../lib/calendar/business-day.ts';
import type { InputName, LocalFile } from '../../lib/reconcile/files.ts';
import { dayFigures } from '../../lib/report/movement.ts';
import type { Chain, ChainNight } from './chain.ts';
import { type Cells, CONTROL_TOTALS, localTable, localTotals } from './local-table.ts';

/** What a run takes over from the night that it goes on from: tables of `inputs/`, by columns. */
export type Carried = Readonly<Record<CarriedName, readonly Cells[]>>;
type CarriedName = Extract<
  InputName,
  'prior-discrepancies' | 'gateways' | 'published' | 'volumes' | 'money-in'
>;

const NOTHING: Carried = {
  'prior-discrepancies': [],
  gateways: [],
  published: [],
  volumes: [],
  'money-in': [],
};

const TABLES = ['discrepancies', 'readiness', CONTROL_TOTALS];
const HANDED_ON = ['gateways', 'published', 'volumes', 'money-in'] as const;

/** A night whose small tables are whole and on this machine's disk. */
export interface WholeNight extends ChainNight {
  readonly files: readonly LocalFile[];
}

/** The newest night of a day before `before` of which all that it hands on is whole. */
export async function newestWhole(chain: Chain, before: LocalDay): Promise<WholeNight | undefined> {
  const wanted = [...TABLES, ...HANDED_ON.map((name) => `inputs/${name}`)];
  const isWanted = (name: string) => wanted.includes(name.replace(/(-\d+)?\.csv$/, ''));
  for (const night of chain.nights) {
    const files = night.day < before ? await chain.files(night, isWanted) : undefined;
    if (files) return { ...night, files };
  }
  return undefined;
}

export async function carriedFrom(night: WholeNight | undefined): Promise<Carried> {
  if (night === undefined) return NOTHING;
  const { files, manifest } = night;
  const table = (name: string) => localTable(files, name, manifest.scope.csv);
  const [gateways, published, volumes, moneyIn] = await Promise.all(
    HANDED_ON.map((name) => table(`inputs/${name}`)),
  );
  const discrepancies = await table('discrepancies');
  const own = await ownFigures(night, discrepancies);
  return {
    'prior-discrepancies': discrepancies.filter(({ status }) => status !== 'resolved'),
    gateways: gateways!,
    published: withStates(published!, await table('readiness'), night),
    volumes: [...volumes!, own.volume],
    'money-in': [...moneyIn!, ...own.moneyIn],
  };
}

/** The night's own day, which it could not tell of itself. */
async function ownFigures(night: WholeNight, discrepancies: readonly Cells[]) {
  const { day: businessDate, files, manifest } = night;
  const newCount = discrepancies.filter(({ status }) => status === 'new').length;
  const totals = await localTotals(files, manifest.scope.csv);
  const { moneyIn } = dayFigures(businessDate, totals, newCount);
  const moneyInCount = moneyIn.reduce((sum, { count }) => sum + count, 0);
  return {
    volume: { businessDate, moneyInCount: `${moneyInCount}`, newCount: `${newCount}` },
    moneyIn: moneyIn.map(({ currency, count, amount }) => ({
      businessDate,
      currency,
      count: `${count}`,
      amount,
    })),
  };
}

/** Published days with the state that the night gave them; its own day is one of them now. */
function withStates(
  published: readonly Cells[],
  readiness: readonly Cells[],
  { manifest }: ChainNight,
): readonly Cells[] {
  const nameOf = (businessDate: string, collection: string) => `${businessDate} ${collection}`;
  const days = new Map(
    published.map((row) => [nameOf(row['businessDate']!, row['collection']!), row]),
  );
  for (const { period, collection, state, since } of readiness) {
    const name = nameOf(period!, collection!);
    const rowCount = days.get(name)?.['rowCount'] ?? ownCount(manifest, collection!);
    days.set(name, {
      businessDate: period!,
      collection: collection!,
      state: state!,
      since: since!,
      rowCount,
    });
  }
  return [...days.values()];
}

function ownCount({ proof }: ChainNight['manifest'], collection: string): string {
  const lanes = proof.filter((lane) => lane.collection === collection);
  return `${lanes.reduce((sum, { kept }) => sum + kept, 0)}`;
}
