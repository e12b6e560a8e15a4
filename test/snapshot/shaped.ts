import { expect } from 'vitest';
import { AnswerText } from '../../lib/model/api-record.ts';
import type { CollectionName, JsonObject } from '../../lib/model/records.ts';
import { decodePage } from '../../lib/rebilly/page.ts';
import { createShaper, header } from '../../lib/snapshot/shape.ts';
import { USUAL } from './csv-tables.ts';
import { transaction } from './records.ts';
import { shapedRows } from './shaped-rows.ts';

export const OPTIONS = { timezone: 'America/New_York', addedColumns: [] as string[], csv: USUAL };

/** Shapes records as they come over the wire, and gives each table's rows cell by name. */
export function shaped(collection: CollectionName, json: string, addedColumns: string[] = []) {
  const shaper = createShaper(collection, { ...OPTIONS, addedColumns });
  const answer = new AnswerText(Buffer.from(`[${json}]`));
  const page = decodePage(answer, shaper.members) ?? expect.fail('no page');
  const records = page.map(({ record }) => record);
  const shapes = shapedRows(shaper, records);
  const other = createShaper(collection, { ...OPTIONS, addedColumns });
  // What was noted while the page was read is what one finds by looking again.
  expect(shapedRows(other, records)).toEqual(shapes);
  expect(other.summary()).toEqual(shaper.summary());
  const tables = shapes.map(({ table, rows }) => {
    const names = header(table, addedColumns);
    return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])));
  });
  return { tables, ...shaper.summary() };
}

export function shapedTransaction(members: JsonObject = {}, addedColumns: string[] = []) {
  const json = JSON.stringify({ ...transaction, ...members });
  const { tables, ...rest } = shaped('transactions', json, addedColumns);
  return { row: tables[0]![0]!, ...rest };
}
