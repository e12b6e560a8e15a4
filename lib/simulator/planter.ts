import { Fault } from '../model/fault.ts';
import type { Instant } from '../model/instant.ts';
import { HOUR_MS } from './moments.ts';
import type { Span } from './planted/bed.ts';
import { createGround } from './planted/ground.ts';
import { overlaid } from './planted/overlay.ts';
import { type Label, type Plant, ruleOf } from './planted/plant.ts';
import { DECOYS, PLANTS, RULES_ACROSS_NIGHTS } from './planted/roster.ts';
import type { World } from './table.ts';

export interface PlantOptions {
  /** Which rows are chosen follows from it; any 32-bit integer. */
  readonly seed: number;
  /** The faults to choose from. Default: those that nobody mends. */
  readonly plants?: readonly Plant[];
  /** Default: every rule of the plants that one look at the world can find broken. */
  readonly rules?: readonly string[];
  /** Faults for each rule. A fault may make other rules true as well: its labels say so. */
  readonly perRule: number;
  /** How often each sound look-alike of these rules is planted; default: not at all. */
  readonly decoyRounds?: number;
  /** Every record of a label was created in it; half-open. */
  readonly day: Span;
  /**
   * When published records change, vanish or (a day after) appear. Default 36 hours after the day:
   * between its second night and its third.
   */
  readonly laterAt?: Instant;
}

export interface PlantedWorld {
  readonly world: World;
  readonly labels: readonly Label[];
}

const LATER_MS = 36 * HOUR_MS;

/**
 * Makes rules true in a clean world, a known number of times. Rows that no fault needs stay as
 * they are, byte for byte.
 */
export function plantFaults(world: World, options: PlantOptions): PlantedWorld {
  const {
    seed,
    plants = PLANTS,
    rules = lookedFor(plants),
    perRule,
    decoyRounds = 0,
    day,
  } = options;
  const laterAt = options.laterAt ?? ((day.end + LATER_MS) as Instant);
  const ground = createGround(world, { seed, day, laterAt });
  const labels = chosen(plants, rules).flatMap((own) =>
    Array.from({ length: perRule }, (_, round) => {
      const plant = own[round % own.length]!;
      return plant.plant(ground, round).map(
        (truth): Label => ({
          collection: 'transactions',
          ...truth,
          plantedBy: plant.name,
        }),
      );
    }).flat(),
  );
  for (const decoy of DECOYS.filter((one) => rules.includes(ruleOf(one)))) {
    for (let round = 0; round < decoyRounds; round += 1) decoy.plant(ground, round);
  }
  return {
    world: {
      organizationId: world.organizationId,
      transactions: overlaid(world.transactions, ground.overlay('transactions')),
      creditMemos: overlaid(world.creditMemos, ground.overlay('credit-memos')),
    },
    labels,
  };
}

function lookedFor(plants: readonly Plant[]): readonly string[] {
  return plants.map(ruleOf).filter((rule) => !RULES_ACROSS_NIGHTS.includes(rule));
}

/** The plants of each wanted rule, in the roster's order of rules. */
function chosen(plants: readonly Plant[], rules: readonly string[]): readonly (readonly Plant[])[] {
  const byRule = Map.groupBy(plants, ruleOf);
  for (const rule of rules) {
    if (byRule.has(rule)) continue;
    throw new Fault(
      'INTERNAL',
      `No fault makes the rule '${rule}' true.`,
      `Choose from ${[...byRule.keys()].join(', ')}.`,
    );
  }
  return [...byRule].filter(([rule]) => rules.includes(rule)).map(([, own]) => own);
}
