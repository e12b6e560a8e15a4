import type { Discrepancy } from '../model/discrepancy.ts';
import { type Decimal, parseDecimal, rescale } from '../model/money.ts';
import type { Database } from './duckdb.ts';
import type { Verdict, Worth } from './judge.ts';
import type { Stake } from './life.ts';

/** All stakes have one scale, so that they compare as integers. */
const SCALE = 18;
const NOTHING: Stake = { report: undefined, own: 0n };

/**
 * Tells what each discrepancy puts at risk: its difference, or, where it has none, all of its
 * record's amount; in the report currency at the record's own rate where the record has one.
 */
export async function stakes(
  database: Database,
  verdicts: readonly Verdict[],
): Promise<(discrepancy: Discrepancy) => Stake> {
  const worths = new Map(await travellingWorths(database));
  for (const verdict of verdicts) {
    for (const [id, worth] of verdict.worths) worths.set(id, worth);
  }
  return (discrepancy) => stakeOf(discrepancy, worths.get(discrepancy.recordId));
}

/** Of earlier discrepancies that are not found tonight; their records may be known all the same. */
async function travellingWorths(database: Database): Promise<[string, Worth][]> {
  const answers = await database.ask(`
    SELECT DISTINCT p.recordId, coalesce(t.amount, m.totalAmount)::VARCHAR AS amount,
      coalesce(t.currency, m.currency) AS currency, t.reportAmount::VARCHAR AS reportAmount,
      t.reportCurrency
    FROM prior_discrepancies p
    LEFT JOIN all_transactions t ON t.id = p.recordId
    LEFT JOIN all_memos m ON m.id = p.recordId
    WHERE t.id IS NOT NULL OR m.id IS NOT NULL`);
  return answers.map((answer) => {
    const cell = (name: string) => answer[name] ?? '';
    const worth = {
      amount: cell('amount'),
      currency: cell('currency'),
      reportAmount: cell('reportAmount'),
      reportCurrency: cell('reportCurrency'),
    };
    return [cell('recordId'), worth];
  });
}

function stakeOf({ difference, currency }: Discrepancy, worth: Worth | undefined): Stake {
  const amount = units(worth?.amount);
  const own = units(difference) ?? amount;
  if (own === undefined) return NOTHING;
  const report = units(worth?.reportAmount);
  if (worth === undefined || report === undefined) return { report: undefined, own };
  if (currency === worth.reportCurrency && difference !== '') return { report: own, own };
  const isConvertible = amount !== undefined && amount > 0n && currency === worth.currency;
  return { report: isConvertible ? (own * report) / amount : undefined, own };
}

/** Whole units of the common scale, without sign; undefined for what is no amount. */
function units(text: string | undefined): bigint | undefined {
  const decimal: Decimal | undefined = text ? parseDecimal(text) : undefined;
  if (decimal === undefined || decimal.scale > SCALE) return undefined;
  const { units } = rescale(decimal, SCALE);
  return units < 0n ? -units : units;
}
