import type { ApiRecord } from '../model/api-record.ts';
import { createDayOfCell } from './business-days.ts';
import type { RowMaker } from './row-maker.ts';
import { createTableReader, type Findings, type ShaperOptions } from './table-reader.ts';
import { createTransactionTotals } from './transaction-totals.ts';

export function createTransactionRows(options: ShaperOptions, findings: Findings): RowMaker {
  const { members, read, at } = createTableReader('transactions', options, findings);
  const dayOfCell = createDayOfCell(options.timezone);
  const totals = createTransactionTotals();

  const businessDate = at('businessDate');
  const createdTime = at('createdTime');
  const processedTime = at('processedTime');
  const gatewayAccountId = at('gatewayAccountId');
  const method = at('paymentInstrument.method');
  const oldMethod = at('method');
  const type = at('type');
  const result = at('result');
  const status = at('status');
  const amount = at('amount');
  const currency = at('currency');
  const reportAmount = at('reportAmount');
  const reportCurrency = at('reportCurrency');

  function rowOf(record: ApiRecord): readonly string[] {
    const cells = read(record);
    const createdDay = dayOfCell(cells[createdTime]!);
    cells[businessDate] = createdDay;
    totals.add({
      createdDay,
      processedDay: dayOfCell(cells[processedTime]!),
      gatewayAccountId: cells[gatewayAccountId]!,
      method: cells[method] || cells[oldMethod]!,
      type: cells[type]!,
      result: cells[result]!,
      status: cells[status]!,
      amount: cells[amount]!,
      currency: cells[currency]!,
      reportAmount: cells[reportAmount]!,
      reportCurrency: cells[reportCurrency]!,
    });
    return cells;
  }

  return {
    members,
    shape: (records) => [{ table: 'transactions', rows: records.map(rowOf) }],
    totals: totals.lines,
  };
}
