import type { Manifest } from '../contract.ts';
import { unguard } from '../model/guard.ts';
import { compareTimestamps, parseTimestamp, type Timestamp } from '../model/instant.ts';
import { createDayOfCell } from './business-days.ts';
import type { TableRow } from './table-rows.ts';

/**
 * Makes the check of a collection's rows, asked in their order: each was created in the period, has
 * its business date, and comes after the one before by `createdTime`, then `id`. So none is there
 * twice. Tells what is wrong as the rest of a sentence, '' for nothing.
 */
export function createPlaceCheck({ scope, period }: Manifest): (row: TableRow) => string {
  const dayOfCell = createDayOfCell(scope.timezone);
  const [start, end] = [Date.parse(period.start) / 1000, Date.parse(period.end) / 1000];
  let last: { readonly created: Timestamp; readonly id: string } | undefined;

  return (row) => {
    const createdTime = row.cell('createdTime');
    const created = parseTimestamp(createdTime);
    if (created === undefined) return `has the createdTime '${createdTime}'`;
    if (created.second < start || created.second >= end) {
      return `was created at ${createdTime}, outside of the period`;
    }
    const day = row.cell('businessDate');
    if (day !== dayOfCell(createdTime)) return `has the business date '${day}', not its own`;

    const before = last;
    last = { created, id: unguard(row.cell('id')) };
    if (before === undefined) return '';
    const order = compareTimestamps(before.created, created);
    if (order < 0 || (order === 0 && before.id < last.id)) return '';
    return before.id === last.id ? 'is there twice' : `stands after ${before.id}, out of order`;
  };
}
