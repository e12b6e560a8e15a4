import { expect } from 'vitest';
import { AnswerText } from '../../lib/model/api-record.ts';
import type { CollectionName, JsonObject } from '../../lib/model/records.ts';
import { decodePage } from '../../lib/rebilly/page.ts';
import { createShaper, header } from '../../lib/snapshot/shape.ts';
import { transaction } from './records.ts';

export const OPTIONS = { timezone: 'America/New_York', addedColumns: [] as string[] };

/** Shapes records as they come over the wire, and gives each table's rows cell by name. */
export function shaped(collection: CollectionName, json: string, addedColumns: string[] = []) {
  const shaper = createShaper(collection, { ...OPTIONS, addedColumns });
  const page = decodePage(new AnswerText(Buffer.from(`[${json}]`))) ?? expect.fail('no page');
  const tables = shaper.shape(page.map(({ record }) => record)).map(({ table, rows }) => {
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
