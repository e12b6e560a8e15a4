import type { JsonObject } from '../../lib/model/records.ts';
import type { Nastiness } from '../../lib/simulator/nastiness.ts';
import { fc } from '../world/properties.ts';
import { DAY_START } from './reading.ts';

/** One stretch of a day's rows. Milliseconds are from the day's start; they may lie outside it. */
export interface Stretch {
  readonly atMs: number;
  readonly spanMs: number;
  readonly rowCount: number;
  readonly fractions: boolean;
  /** Different amounts, types, currencies and customers among the rows. */
  readonly variety: number;
  /** One row in so many has no amount; 0 for none. */
  readonly nullEvery: number;
}

const DAY_MS = 86_400_000;

/** Quiet hours, a row a second, a busy stretch, or thousands of rows in one second. */
export const stretches: fc.Arbitrary<Stretch[]> = fc.array(
  fc.record({
    atMs: fc.oneof(
      fc.integer({ min: -3_600_000, max: DAY_MS + 3_600_000 }).map((ms) => ms - (ms % 1000)),
      // The edges of the day and of its halves, where lanes meet.
      fc.constantFrom(0, -1000, DAY_MS, DAY_MS - 1000, DAY_MS / 2, DAY_MS / 4, (DAY_MS * 3) / 4),
    ),
    spanMs: fc.constantFrom(0, 0, 1, 999, 1000, 20_000, 600_000, DAY_MS),
    rowCount: fc.oneof(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 900, max: 1100 }),
      fc.integer({ min: 1, max: 2600 }),
    ),
    fractions: fc.boolean(),
    variety: fc.constantFrom(1, 3, 40, 1000),
    nullEvery: fc.constantFrom(0, 0, 7, 2),
  }),
  { minLength: 0, maxLength: 4 },
);

/** What may go wrong within what the contract allows; all of it can be survived. */
export const nastiness: fc.Arbitrary<Partial<Nastiness>> = fc.record(
  {
    shuffleTies: fc.boolean(),
    offsetBeyond: fc.constantFrom('clamp', 'reject'),
    limitZero: fc.constantFrom('empty', 'default', 'reject'),
    serverClockSkewMs: fc.constantFrom(-120_000, 0, 90_000),
    retryAfterForm: fc.constantFrom('epoch-seconds', 'epoch-ms', 'iso', 'http-date', 'absent'),
    mutateRows: fc.constantFrom(0, 0.3),
    totalCap: fc.constantFrom(Infinity, 2500, 10_000),
    lateRows: fc.constantFrom(0, 0.2),
    lateUntilRequest: fc.constantFrom(0, 6, 15),
    hideRow: fc.constantFrom('never', 'once'),
    doubleRow: fc.constantFrom('never', 'once'),
    mishaps: fc.constantFrom(
      {},
      { 'server-error': 0.2, 'reset-early': 0.1, 'reset-late': 0.1 },
      { 'html-success': 0.1, 'cut-json': 0.1, 'short-body': 0.1 },
      { throttle: 0.15, 'html-error': 0.1, 'object-body': 0.1 },
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<Nastiness>>;

export function rowsOf(plan: readonly Stretch[]): JsonObject[] {
  return plan.flatMap((stretch, number) =>
    Array.from({ length: stretch.rowCount }, (_, index) => row(stretch, number, index)),
  );
}

function row(stretch: Stretch, number: number, index: number): JsonObject {
  const { atMs, spanMs, rowCount, fractions, variety, nullEvery } = stretch;
  const atRow = DAY_START + atMs + Math.floor((spanMs * index) / Math.max(1, rowCount));
  const text = new Date(atRow).toISOString();
  // Without fractions the API writes whole seconds.
  const createdTime = fractions ? text : `${text.slice(0, 19)}Z`;
  const kind = index % variety;
  const lacksAmount = nullEvery > 0 && index % nullEvery === 0;
  return {
    id: `txn_${number}_${(index * 7919) % 100_003}`,
    createdTime,
    updatedTime: createdTime,
    amount: lacksAmount ? null : 5 + kind * 0.25,
    currency: ['USD', 'EUR', 'JPY'][kind % 3]!,
    type: ['sale', 'refund'][kind % 2]!,
    customerId: `cus_${number}_${index % (variety * 3)}`,
    revision: 1,
  };
}
