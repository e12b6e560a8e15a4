/** Two rows that ought to be one, as a question. `a` is the earlier of them, `b` the later. */
interface Twins {
  /** Selects whole transactions; those to compare. */
  readonly rows: string;
  /** Columns in which both agree; a row that lacks one is compared with none. */
  readonly same: readonly string[];
  /** How far apart they may be; without it, any time. */
  readonly withinMinutes?: number;
  readonly differs: string;
}

/**
 * Rows that follow and are compared with each one. Of a thousand rows that are all alike each is
 * found by the next ones, so that nobody has to compare a million pairs.
 */
const FOLLOWERS_MAX = 50;

/** One row for each row that is judged or has a judged twin; the key is the earlier of two. */
export function duplicates({ rows, same, withinMinutes, differs }: Twins): string {
  const key = same.join(', ');
  const isComplete = (row: string) =>
    same.map((name) => `${row}.${name} IS NOT NULL`).join(' AND ');
  const isNear =
    withinMinutes === undefined
      ? 'true'
      : `b.createdTime <= a.createdTime + to_minutes((${withinMinutes})::BIGINT)`;
  // Most rows are like no other. Their hashes tell that at a fraction of the cost of their keys;
  // where two hashes agree by chance, the join on the keys themselves keeps the rows apart.
  return `
    WITH candidates AS NOT MATERIALIZED (${rows}),
    alike AS (
      SELECT *, row_number() OVER (PARTITION BY ${key} ORDER BY createdTime, id) AS place
      FROM candidates
      WHERE hash(${key}) IN (SELECT hash(${key}) FROM candidates c WHERE ${isComplete('c')}
        GROUP BY hash(${key}) HAVING count(*) <> 1)
    ),
    pairs AS (
      SELECT a.id, b.id AS twin, a.currency = b.currency AS isSameCurrency, b.amount,
        (${differs}) AS differs
      FROM alike a
      JOIN alike b USING (${key})
      WHERE b.place BETWEEN a.place + 1 AND a.place + ${FOLLOWERS_MAX}
        AND ${isNear} AND (a.isJudged OR b.isJudged)
    ),
    twins AS (
      SELECT id, bool_or(differs) AS differs, count(differs) = count(*) AS isClear,
        list(twin) FILTER (differs) AS ids, count(*) FILTER (differs) AS twinCount,
        sum(amount) FILTER (differs AND isSameCurrency) AS amount
      FROM pairs GROUP BY id
    )
    SELECT c.id AS recordId, t.ids AS relatedIds, c.customerId, c.currency,
      '1' AS expected, (1 + t.twinCount)::VARCHAR AS actual,
      money_text(t.amount, c.currency) AS difference,
      CASE
        WHEN t.differs THEN true
        WHEN ${isComplete('c')} AND coalesce(t.isClear, true) THEN false
      END AS differs
    FROM candidates c LEFT JOIN twins t ON t.id = c.id
    WHERE c.isJudged OR t.id IS NOT NULL`;
}
