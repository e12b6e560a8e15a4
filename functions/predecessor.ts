import { type LocalDay, previousDay } from '../lib/calendar/business-day.ts';
import type { Predecessor, RunPlan } from '../lib/contract.ts';
import {
  type Balance,
  CONTROL_TOTAL_COLUMNS,
  carriedForward,
  type RollForward,
} from '../lib/snapshot/control-totals.ts';
import { newestWhole, type WholeNight } from './evidence/carried.ts';
import type { Chain } from './evidence/chain.ts';
import { CONTROL_TOTALS, localTable } from './evidence/local-table.ts';

/** What a snapshot goes on from. */
export interface Before {
  readonly predecessor: Predecessor | null;
  /** Undefined for a view, which stands alone. */
  readonly roll: RollForward | undefined;
}

/** The night before the period, and what it carried forward if it was that of the day before. */
export async function before(chain: Chain, { scope, view }: RunPlan): Promise<Before> {
  if (view !== '') return { predecessor: null, roll: undefined };
  const { firstDay, lastDay } = scope;
  const night = await newestWhole(chain, firstDay as LocalDay);
  const isDayBefore = night?.day === previousDay(firstDay as LocalDay);
  const broughtForward = night && isDayBefore ? await balancesOf(night) : undefined;
  return {
    predecessor: night ? nameOf(night) : null,
    roll: { firstDay, lastDay, broughtForward },
  };
}

function nameOf({ day, manifest: { runId, digest } }: WholeNight): Predecessor {
  return { period: day, runId, digest };
}

async function balancesOf({ files, manifest }: WholeNight): Promise<readonly Balance[]> {
  const lines = await localTable(files, CONTROL_TOTALS, manifest.scope.csv);
  return carriedForward(lines.map((line) => CONTROL_TOTAL_COLUMNS.map((name) => line[name] ?? '')));
}
