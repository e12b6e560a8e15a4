/**
 * What belongs together: `links` (whose child is whose) and `parents` (transactions with sums over
 * their children). The sums are null where a child is not known, or does not tell what it was.
 */
export function families(): readonly string[] {
  return [
    // A child names its parent. Where it names none, the parent's list says whose it is.
    `CREATE TABLE links AS
     SELECT parentTransactionId AS parentId, id AS childId
     FROM all_transactions WHERE parentTransactionId IS NOT NULL
     UNION
     SELECT p.id, c.id
     FROM (SELECT id, unnest(childTransactions) AS childId FROM all_transactions) p
     JOIN all_transactions c ON c.id = p.childId
     WHERE c.parentTransactionId IS NULL`,
    FAMILY_SUMS,
    // Whoever has no children has refunded, captured and voided nothing.
    `CREATE VIEW parents AS SELECT t.* EXCLUDE (isJudged),
       coalesce(f.isJudged, t.isJudged) AS isJudged,
       CASE WHEN f.id IS NULL THEN 0 ELSE f.refunded END AS refunded,
       CASE WHEN f.id IS NULL THEN 0 ELSE f.captured END AS captured,
       CASE WHEN f.id IS NULL THEN false ELSE f.hasForeignRefund END AS hasForeignRefund,
       CASE WHEN f.id IS NULL THEN false ELSE f.hasApprovedVoid END AS hasApprovedVoid,
       coalesce(f.refunds, []) AS refunds, coalesce(f.captures, []) AS captures
     FROM all_transactions t LEFT JOIN family_sums f ON f.id = t.id`,
  ];
}

const FAMILY_SUMS = `CREATE TABLE family_sums AS
  WITH listed AS (
    SELECT id AS parentId, unnest(childTransactions) AS childId FROM all_transactions
  ),
  -- A child that is gone (404) counts for nothing; one that nobody asked for might count.
  unknown AS (
    SELECT DISTINCT l.parentId FROM listed l
    ANTI JOIN all_transactions t ON t.id = l.childId
    ANTI JOIN absent a ON a.id = l.childId AND a.collection = 'transactions'
  ),
  children AS (
    SELECT p.id AS parentId, p.isJudged AS parentIsJudged, c.id, c.isJudged, c.amount, c.type,
      c.result, c.moneyOut, c.moneyIn AND c.type = 'capture' AS isCapture,
      c.currency = p.currency AS isSameCurrency
    FROM links l
    JOIN all_transactions p ON p.id = l.parentId
    JOIN all_transactions c ON c.id = l.childId
  ),
  sums AS (
    SELECT parentId, bool_or(isJudged OR parentIsJudged) AS isJudged,
      sum(amount) FILTER (moneyOut AND isSameCurrency) AS refunded,
      sum(amount) FILTER (isCapture AND isSameCurrency) AS captured,
      bool_or(moneyOut IS NULL OR moneyOut AND (amount IS NULL OR isSameCurrency IS NULL))
        AS refundIsUnclear,
      bool_or(isCapture IS NULL OR isCapture AND (amount IS NULL OR isSameCurrency IS NULL))
        AS captureIsUnclear,
      bool_or(moneyOut AND NOT isSameCurrency) AS hasForeignRefund,
      bool_or(type = 'void' AND result = 'approved') AS hasApprovedVoid,
      list(id) FILTER (moneyOut) AS refunds,
      list(id) FILTER (isCapture) AS captures
    FROM children GROUP BY parentId
  )
  SELECT coalesce(s.parentId, u.parentId) AS id,
    coalesce(s.isJudged, p.isJudged) AS isJudged,
    CASE WHEN u.parentId IS NULL AND NOT refundIsUnclear THEN coalesce(refunded, 0) END AS refunded,
    CASE WHEN u.parentId IS NULL AND NOT captureIsUnclear THEN coalesce(captured, 0) END
      AS captured,
    -- One that is there is there, whoever else is unknown.
    CASE WHEN hasForeignRefund OR u.parentId IS NULL THEN coalesce(hasForeignRefund, false) END
      AS hasForeignRefund,
    CASE WHEN hasApprovedVoid OR u.parentId IS NULL THEN coalesce(hasApprovedVoid, false) END
      AS hasApprovedVoid,
    refunds, captures
  FROM sums s
  FULL JOIN unknown u ON u.parentId = s.parentId
  JOIN all_transactions p ON p.id = coalesce(s.parentId, u.parentId)`;
