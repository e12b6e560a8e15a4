import { FAMILY_DECOYS } from './decoy-families.ts';
import { MEMO_DECOYS } from './decoy-memos.ts';
import { NIGHT_DECOYS } from './decoy-nights.ts';
import { PAYMENT_DECOYS } from './decoy-payments.ts';
import { TWIN_DECOYS } from './decoy-twins.ts';
import { FIGURE_PLANTS } from './figures.ts';
import { MEMO_FIGURE_PLANTS } from './memo-figures.ts';
import { MEMO_NUMBER_PLANTS } from './memo-numbers.ts';
import { MEMO_PAYMENT_PLANTS } from './memo-payments.ts';
import { NIGHT_PLANTS } from './nights.ts';
import { PARENT_PLANTS } from './parents.ts';
import { type Plant, ruleOf } from './plant.ts';
import { STANDING_PLANTS } from './standing.ts';
import { TWIN_PLANTS } from './twins.ts';
import { VOLUME_PLANTS } from './volume.ts';

/** Every plant there is, choosy ones first: the others find their rows in what is left. */
export const PLANTS: readonly Plant[] = [
  ...MEMO_NUMBER_PLANTS,
  ...NIGHT_PLANTS,
  ...TWIN_PLANTS,
  ...STANDING_PLANTS,
  ...FIGURE_PLANTS,
  ...PARENT_PLANTS,
  ...MEMO_PAYMENT_PLANTS,
  ...MEMO_FIGURE_PLANTS,
  ...VOLUME_PLANTS,
];

/** Sound rows on the innocent side of each rule's line, choosy ones first. */
export const DECOYS: readonly Plant[] = [
  ...NIGHT_DECOYS,
  ...TWIN_DECOYS,
  ...MEMO_DECOYS,
  ...FAMILY_DECOYS,
  ...PAYMENT_DECOYS,
];

/** What one look at the world does not show: what changes later, and a day among many. */
export const RULES_ACROSS_NIGHTS = rulesOf([...NIGHT_PLANTS, ...VOLUME_PLANTS]);

/** What one look at the world shows, weeks after the day at the latest. */
export const RULES_OF_ONE_LOOK = rulesOf(PLANTS).filter(
  (rule) => !RULES_ACROSS_NIGHTS.includes(rule),
);

function rulesOf(plants: readonly Plant[]): readonly string[] {
  return [...new Set(plants.map(ruleOf))];
}
