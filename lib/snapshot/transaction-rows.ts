import type { ApiRecord } from '../model/api-record.ts';
import { createDayOfCell } from './business-days.ts';
import type { CsvLines } from './csv-lines.ts';
import type { RowMaker } from './row-maker.ts';
import { createTableReader, type Findings, type ShaperOptions } from './table-reader.ts';
import { createTransactionTotals } from './transaction-totals.ts';

export function createTransactionRows(options: ShaperOptions, findings: Findings): RowMaker {
  const { members, look, read, write } = createTableReader('transactions', options, findings);
  const dayOfCell = createDayOfCell(options.timezone);
  const totals = createTransactionTotals();

  const businessDate = look('businessDate');
  const createdTime = look('createdTime');
  const processedTime = look('processedTime');
  const gatewayAccountId = look('gatewayAccountId');
  const method = look('paymentInstrument.method');
  const oldMethod = look('method');
  const type = look('type');
  const result = look('result');
  const status = look('status');
  const amount = look('amount');
  const currency = look('currency');
  const reportAmount = look('reportAmount');
  const reportCurrency = look('reportCurrency');

  function addRow(record: ApiRecord, lines: CsvLines): void {
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
    write(cells, lines);
  }

  return {
    members,
    shape(records, linesOf) {
      const lines = linesOf('transactions');
      for (const record of records) addRow(record, lines);
    },
    totals: totals.lines,
  };
}
