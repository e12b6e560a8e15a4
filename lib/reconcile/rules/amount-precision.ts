import { rule } from '../rule.ts';

/** The first that is wrong is named. `reportAmount` is a conversion, and may be as fine as it is. */
const AMOUNTS = [
  { name: 'amount', amount: 'amount', currency: 'currency' },
  { name: 'requestAmount', amount: 'requestAmount', currency: 'requestCurrency' },
  { name: 'purchaseAmount', amount: 'purchaseAmount', currency: 'purchaseCurrency' },
  { name: 'dcc.base.amount', amount: 'dccBaseAmount', currency: 'dccBaseCurrency' },
  { name: 'dcc.quote.amount', amount: 'dccQuoteAmount', currency: 'dccQuoteCurrency' },
] as const;

/** An absent amount is none; one without known minor units cannot be judged. */
function isBroken(amount: string, currency: string): string {
  if (amount === 'amount') {
    return `CASE WHEN t.amount IS NULL OR t.decimals <= u.digits THEN false
      ELSE t.amount <> rounded(t.amount, u.digits) END`;
  }
  // Most rows say one amount three times: that is looked at once.
  return `CASE
    WHEN t.${amount} IS NULL OR t.${amount} = t.amount AND t.${currency} = t.currency THEN false
    ELSE t.${amount} <> rounded(t.${amount}, minor_digits(t.${currency})) END`;
}

export const amountPrecision = rule({
  id: 'amount-precision',
  severity: 'medium',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the transaction',
  differsWhen: 'One of its amounts has more decimals than its currency has minor units.',
  question: () => `
    WITH checked AS (
      SELECT t.*,
        ${AMOUNTS.map(({ amount, currency }, at) => `${isBroken(amount, currency)} AS broken${at}`).join(', ')},
        CASE ${AMOUNTS.map(({ name }, at) => `WHEN broken${at} THEN '${name}'`).join(' ')} END
          AS name
      FROM judged_transactions t LEFT JOIN minor_units u ON u.currency = t.currency
    ),
    named AS (
      SELECT id, customerId, name,
        CASE name ${AMOUNTS.map(({ name, amount }) => `WHEN '${name}' THEN ${amount}`).join(' ')} END
          AS wrong,
        CASE name
          ${AMOUNTS.map(({ name, currency }) => `WHEN '${name}' THEN ${currency}`).join(' ')}
        END AS code,
        ${AMOUNTS.map((_, at) => `broken${at}`).join(' OR ')} AS differs
      FROM checked
    ),
    rounded AS (
      SELECT n.*, rounded(wrong, digits) AS whole
      FROM named n LEFT JOIN minor_units u ON u.currency = n.code
    )
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, code AS currency,
      money_text(whole, code) AS expected, money_text(wrong, code) AS actual,
      money_text(wrong - whole, code) AS difference, name, differs
    FROM rounded`,
  expected: 'Amounts are whole minor units of their currency: {expected} {currency}.',
  found: '{name} is {actual} {currency}.',
  action: 'No bank moves such an amount: ask the gateway what was really moved.',
});
