import type { Instant } from '../model/instant.ts';
import type { JsonObject } from '../model/records.ts';
import { createCustomers } from './charge.ts';
import { createFamilies } from './families.ts';
import { createGroups } from './groups.ts';
import type { Ids } from './ids.ts';
import { type MemoWorld, memoFacts } from './memo-facts.ts';
import { createMemoRuns, createPairing } from './memo-runs.ts';
import { memoText } from './memo-text.ts';
import { createNames } from './names.ts';
import { MEMO_ODDITIES, type Oddity, TRANSACTION_ODDITIES, withOddity } from './oddities.ts';
import { createFaces } from './people.ts';
import { mix } from './random.ts';
import type { Table, World } from './table.ts';
import { createTimeline, type DenseSecond, type Timeline } from './timeline.ts';
import { transactionFacts } from './transaction-facts.ts';
import { createLinks } from './transaction-links.ts';
import { transactionText } from './transaction-text.ts';

/** What a simulated organization is like. The same options make the same rows everywhere. */
export interface WorldOptions {
  /** Everything that looks random follows from it; any 32-bit integer. */
  readonly seed: number;
  readonly organizationId: string;
  /** When the first row may be created; cut to its second. */
  readonly start: Instant;
  /** Days the rows are spread over. What becomes of them goes on for weeks after. */
  readonly dayCount: number;
  readonly transactionCount: number;
  /** 3 % of `transactionCount` when left out. */
  readonly creditMemoCount: number;
  /** `even`: rows at equal distances. `lively`: nights are quiet, evenings and Fridays are not. */
  readonly shape: 'even' | 'lively';
  /** Transactions of one second, besides `transactionCount`. */
  readonly denseSecond: DenseSecond | undefined;
  /** Credit memos of one second, besides `creditMemoCount`. */
  readonly denseMemoSecond: Omit<DenseSecond, 'sameAmount'> | undefined;
  /** Some `createdTime` have one to six fraction digits. */
  readonly fractions: boolean;
  /** Some rows hold what the contract does not promise, or hardly. */
  readonly oddities: boolean;
}

export const WORLD_DEFAULTS = {
  seed: 1,
  organizationId: 'org_simulated',
  dayCount: 30,
  transactionCount: 20_000,
  shape: 'lively',
  denseSecond: undefined,
  denseMemoSecond: undefined,
  fractions: false,
  oddities: false,
} as const satisfies Partial<WorldOptions>;

/** Credit memos for every transaction, where their number is not given. */
const MEMO_SHARE = 0.03;

export function createWorld(given: Partial<WorldOptions> & Pick<WorldOptions, 'start'>): World {
  const options: WorldOptions = {
    ...WORLD_DEFAULTS,
    creditMemoCount: Math.round(
      (given.transactionCount ?? WORLD_DEFAULTS.transactionCount) * MEMO_SHARE,
    ),
    ...given,
  };
  const { seed, organizationId, start, dayCount, shape, fractions } = options;
  const time = { start, dayCount, shape, fractions };
  const timeline = createTimeline({
    ...time,
    seed,
    rowCount: options.transactionCount,
    denseSecond: options.denseSecond,
  });
  const memoTimeline = createTimeline({
    ...time,
    seed: mix(seed, 1),
    rowCount: options.creditMemoCount,
    denseSecond: options.denseMemoSecond,
  });
  const groups = createGroups(seed, timeline, dayCount);
  const memoRuns = createMemoRuns(mix(seed, 2), memoTimeline, dayCount);
  const pairing = createPairing(memoRuns.count, groups.count);
  const families = createFamilies({
    seed,
    timeline,
    groups,
    hasUniformSecond: options.denseSecond?.sameAmount === true,
    lapses: options.oddities,
    isCredited: pairing.isPaired,
  });
  const names = createNames(seed, options.oddities);
  const world: MemoWorld = {
    seed,
    organizationId,
    timeline,
    families,
    customers: createCustomers(timeline.count),
    names,
    faceOf: createFaces(seed),
    linksOf: createLinks(organizationId),
    memoTimeline,
    memoRuns,
    pairing,
  };
  const transaction: RowText = (index, asOf) =>
    transactionText(world, transactionFacts(world, index, asOf));
  const memo: RowText = (index, asOf) => memoText(world, memoFacts(world, index), asOf);
  const oddly = (oddities: readonly Oddity[], text: RowText): RowText =>
    options.oddities
      ? (index, asOf) => withOddity(text(index, asOf), mix(seed ^ ODD_SALT, index), oddities)
      : text;
  return {
    organizationId,
    transactions: tableOf(timeline, names.transaction, oddly(TRANSACTION_ODDITIES, transaction)),
    creditMemos: tableOf(memoTimeline, names.creditMemo, oddly(MEMO_ODDITIES, memo)),
  };
}

type RowText = (index: number, asOf: Instant) => string;

/** Keeps which rows are odd apart from every other choice. */
const ODD_SALT = 0x0dd;

/** The text is the one source of truth: a row is what a reader makes of it. */
function tableOf({ count, createdAt, firstAt }: Timeline, ids: Ids, text: RowText): Table {
  return {
    count,
    createdAt,
    firstAt,
    text,
    row: (index, asOf) => JSON.parse(text(index, asOf)) as JsonObject,
    indexOf(id) {
      const number = ids.numberOf(id);
      return number !== undefined && number < count ? number : undefined;
    },
  };
}
