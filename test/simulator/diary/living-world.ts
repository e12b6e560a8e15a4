import type { Instant } from '../../../lib/model/instant.ts';
import type { Plant } from '../../../lib/simulator/planted/plant.ts';
import { plantFaults } from '../../../lib/simulator/planter.ts';
import type { World } from '../../../lib/simulator/table.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { DAY_MS, type DatedLabel, daysAfter, startOf } from './chain.ts';

/** The days before the first night: what was sold then lives on, but is in no books. */
const DAYS_BEFORE = 6;
/** Life goes on after the last night: captures and refunds of then lie behind it. */
const DAYS_BEHIND = 12;

/** Faults of one day. */
export interface Planting {
  /** Days after the first one. */
  readonly day: number;
  readonly plants?: readonly Plant[];
  readonly rules?: readonly string[];
  readonly perRule: number;
  /** Look-alikes of faults: nothing is wrong with them. */
  readonly decoyRounds?: number;
}

export interface Plot {
  readonly seed: number;
  readonly firstDay: string;
  readonly dayCount: number;
  readonly rowsPerDay: number;
  readonly memosPerDay: number;
  /** In the order in which they are planted; a later one finds its rows in what is left. */
  readonly plantings: readonly Planting[];
}

export interface LivingWorld {
  readonly world: World;
  readonly labels: readonly DatedLabel[];
}

/** A shop of some weeks in which things go wrong, and some of them are put right. */
export function livingWorld(plot: Plot): LivingWorld {
  const { seed, firstDay, rowsPerDay, memosPerDay, plantings } = plot;
  const dayCount = DAYS_BEFORE + plot.dayCount + DAYS_BEHIND;
  let world = createWorld({
    seed,
    start: startOf(daysAfter(firstDay, -DAYS_BEFORE)),
    dayCount,
    transactionCount: rowsPerDay * dayCount,
    creditMemoCount: memosPerDay * dayCount,
  });
  const labels = plantings.flatMap(({ day: number, ...faults }, at) => {
    const day = daysAfter(firstDay, number);
    const start = startOf(day);
    const span = { start, end: (start + DAY_MS) as Instant };
    // A seed of its own each time: ids that nothing has must not be made twice.
    const planted = plantFaults(world, { ...faults, seed: seed + at, day: span });
    world = planted.world;
    return planted.labels.map((label): DatedLabel => ({ ...label, day }));
  });
  return { world, labels };
}
