import { type ApiRecord, membersOf, recordOf } from '../model/api-record.ts';
import { isObject, type Json, type JsonObject } from '../model/records.ts';
import { createDayOfCell } from './business-days.ts';
import { type AllocationFacts, createCreditMemoTotals } from './credit-memo-totals.ts';
import type { CsvLines } from './csv-lines.ts';
import type { RowMaker } from './row-maker.ts';
import { createTableReader, type Findings, type ShaperOptions } from './table-reader.ts';

/** A memo's lists become rows of tables of their own, in the order of the API. */
export function createCreditMemoRows(options: ShaperOptions, findings: Findings): RowMaker {
  const memos = createTableReader('credit-memos', options, findings);
  const items = createTableReader('credit-memo-items', options, findings);
  const allocations = createTableReader('credit-memo-allocations', options, findings);
  const dayOfCell = createDayOfCell(options.timezone);
  const totals = createCreditMemoTotals();

  const businessDate = memos.look('businessDate');
  const createdTime = memos.look('createdTime');
  const status = memos.look('status');
  const currency = memos.look('currency');
  const totalAmount = memos.look('totalAmount');
  const unusedAmount = memos.look('unusedAmount');
  const allocated = allocations.look('amount');
  const allocatedCurrency = allocations.look('currency');

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

  function addItems(memo: JsonObject, lines: CsvLines): void {
    const { id, currency } = memo;
    for (const [index, item] of objectsOf(memo, 'items', memo['items']).entries()) {
      // Ours come last: no member of the API's may take their place.
      const row = { ...item, creditMemoId: id, position: index + 1, currency };
      items.write(items.read(recordOf(row), idOf(memo)), lines);
    }
  }

  function addAllocations(memo: JsonObject, lines: CsvLines): readonly AllocationFacts[] {
    const lists = memo['allocations'];
    if (lists === undefined) return [];
    if (!isObject(lists)) {
      if (lists === null) findings.drift.note('unexpected-null', 'allocations');
      else findings.faults.note('credit-memos', idOf(memo), 'allocations', lists);
      return [];
    }
    return (['transaction', 'invoice'] as const).flatMap((kind) =>
      objectsOf(memo, `allocations.${kind}s`, lists[`${kind}s`]).map((allocation) => {
        const row = { ...allocation, creditMemoId: memo['id'], target: kind };
        const cells = allocations.read(recordOf(row), idOf(memo));
        allocations.write(cells, lines);
        return { target: kind, amount: cells[allocated]!, currency: cells[allocatedCurrency]! };
      }),
    );
  }

  function addMemo(
    memo: ApiRecord,
    allocations: readonly AllocationFacts[],
    lines: CsvLines,
  ): void {
    const cells = memos.read(memo);
    const createdDay = dayOfCell(cells[createdTime]!);
    cells[businessDate] = createdDay;
    totals.add({
      createdDay,
      status: cells[status]!,
      currency: cells[currency]!,
      totalAmount: cells[totalAmount]!,
      unusedAmount: cells[unusedAmount]!,
      allocations,
    });
    memos.write(cells, lines);
  }

  return {
    members: memos.members,
    shape(records, linesOf) {
      const memoLines = linesOf('credit-memos');
      const itemLines = linesOf('credit-memo-items');
      const allocationLines = linesOf('credit-memo-allocations');
      for (const record of records) {
        const memo = membersOf(record);
        addMemo(record, addAllocations(memo, allocationLines), memoLines);
        addItems(memo, itemLines);
      }
    },
    totals: totals.lines,
  };
}

/** The id under which a memo's faults are noted. */
function idOf({ id }: JsonObject): string {
  return typeof id === 'string' ? id : '';
}
