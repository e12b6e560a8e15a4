/** The columns of control-totals.csv, in order of the file, and what each tells. */
export const CONTROL_TOTAL_MEANINGS = {
  collection: '`transactions` or `credit-memos`.',
  measure: 'What the line adds up; see below.',
  businessDate: 'The business day, in the time zone of the books.',
  gatewayAccountId: 'Gateway account of the transactions.',
  method: 'Payment method: `paymentInstrument.method`, or the older `method`.',
  type: 'Type of the transactions.',
  result: 'Result of the transactions.',
  voided: 'Whether their status is `voided`.',
  currency: 'Currency of `amount`; empty for rows that lack their amount or its currency.',
  count: 'How many rows.',
  amount: 'Sum of their amounts, exact; 0 where `currency` is empty.',
  reportCurrency: 'Currency of `reportAmount`; empty for rows that lack either.',
  reportAmount: 'Sum of their amounts in the report currency; 0 where that is empty.',
} as const;

export type ControlTotalColumn = keyof typeof CONTROL_TOTAL_MEANINGS;

export const CONTROL_TOTAL_COLUMNS = Object.keys(
  CONTROL_TOTAL_MEANINGS,
) as readonly ControlTotalColumn[];

/** What a line adds up. Every measure but the balances is additive over rows, and so over days. */
export const MEASURES = {
  created: 'Transactions by the day they were created: the rows of transactions.csv.',
  'created-and-processed': 'Those of them that were processed on that same day.',
  'created-processed-on-another-day': 'Those that were processed on another day.',
  'created-not-processed': 'Those that had not been processed when they were read.',
  processed: 'The same transactions by the day they were processed.',
  'processed-created-on-another-day': 'Those that were created on another day.',
  issued: 'Totals of the credit memos created that day; drafts and quotations do not count.',
  'allocated-to-invoices': 'What of them was spent on invoices; counts allocations.',
  'allocated-to-transactions':
    'What of them was paid out or taken back by transactions; counts allocations.',
  unused: 'What of them was left when they were read.',
  voided: 'Totals of those that were voided. Beside this they only count as issued.',
  'brought-forward': 'What the day before carried forward. Absent where the chain of days begins.',
  'carried-forward': '`brought-forward` and `unused` together, handed on to the next day.',
} as const;

export type Measure = keyof typeof MEASURES;
