import { type ApiRecord, membersOf, recordOf } from '../model/api-record.ts';
import { isObject, type Json, type JsonObject } from '../model/records.ts';
import { createDayOfCell } from './business-days.ts';
import { createCreditMemoTotals } from './credit-memo-totals.ts';
import type { RowMaker } from './row-maker.ts';
import { createTableReader, type Findings, type ShaperOptions } from './table-reader.ts';

/** A memo's lists become rows of tables of their own, in the order of the API. */
export function createCreditMemoRows(options: ShaperOptions, findings: Findings): RowMaker {
  const memos = createTableReader('credit-memos', options, findings);
  const items = createTableReader('credit-memo-items', options, findings);
  const allocations = createTableReader('credit-memo-allocations', options, findings);
  const dayOfCell = createDayOfCell(options.timezone);
  const totals = createCreditMemoTotals();

  const businessDate = memos.at('businessDate');
  const createdTime = memos.at('createdTime');
  const status = memos.at('status');
  const currency = memos.at('currency');
  const totalAmount = memos.at('totalAmount');
  const unusedAmount = memos.at('unusedAmount');
  const target = allocations.at('target');
  const allocated = allocations.at('amount');
  const allocatedCurrency = allocations.at('currency');

  /** The objects of a list; what is no list, or no object in it, is noted as a fault. */
  function objectsOf(
    memo: JsonObject,
    path: string,
    list: Json | undefined,
  ): readonly JsonObject[] {
    if (list === undefined) return [];
    if (list === null) findings.drift.note('unexpected-null', path);
    else if (Array.isArray(list) && list.every(isObject)) return list;
    else findings.faults.note('credit-memos', idOf(memo), path, list);
    return Array.isArray(list) ? list.filter(isObject) : [];
  }

  function itemRows(memo: JsonObject): readonly string[][] {
    const id = memo['id'];
    return objectsOf(memo, 'items', memo['items']).map((item, index) =>
      items.read(
        // Ours come last: no member of the API's may take their place.
        recordOf({ ...item, creditMemoId: id, position: index + 1, currency: memo['currency'] }),
        idOf(memo),
      ),
    );
  }

  function allocationRows(memo: JsonObject): readonly string[][] {
    const lists = memo['allocations'];
    if (lists === undefined) return [];
    if (!isObject(lists)) {
      if (lists === null) findings.drift.note('unexpected-null', 'allocations');
      else findings.faults.note('credit-memos', idOf(memo), 'allocations', lists);
      return [];
    }
    return [
      ...allocationsTo('transaction', memo, lists['transactions']),
      ...allocationsTo('invoice', memo, lists['invoices']),
    ];
  }

  function allocationsTo(
    kind: 'transaction' | 'invoice',
    memo: JsonObject,
    list: Json | undefined,
  ): readonly string[][] {
    return objectsOf(memo, `allocations.${kind}s`, list).map((allocation) =>
      allocations.read(
        recordOf({ ...allocation, creditMemoId: memo['id'], target: kind }),
        idOf(memo),
      ),
    );
  }

  function memoRow(memo: ApiRecord, allocatedRows: readonly string[][]): string[] {
    const cells = memos.read(memo);
    const createdDay = dayOfCell(cells[createdTime]!);
    cells[businessDate] = createdDay;
    totals.add({
      createdDay,
      status: cells[status]!,
      currency: cells[currency]!,
      totalAmount: cells[totalAmount]!,
      unusedAmount: cells[unusedAmount]!,
      allocations: allocatedRows.map((row) => ({
        target: row[target]!,
        amount: row[allocated]!,
        currency: row[allocatedCurrency]!,
      })),
    });
    return cells;
  }

  return {
    members: memos.members,
    shape(memosOfPage) {
      const rows = memosOfPage.map((memo) => {
        const members = membersOf(memo);
        const allocatedRows = allocationRows(members);
        return { memo: memoRow(memo, allocatedRows), items: itemRows(members), allocatedRows };
      });
      return [
        { table: 'credit-memos', rows: rows.map((row) => row.memo) },
        { table: 'credit-memo-items', rows: rows.flatMap((row) => row.items) },
        { table: 'credit-memo-allocations', rows: rows.flatMap((row) => row.allocatedRows) },
      ];
    },
    totals: totals.lines,
  };
}

/** The id under which a memo's faults are noted. */
function idOf({ id }: JsonObject): string {
  return typeof id === 'string' ? id : '';
}
