import { DISCREPANCY_COLUMNS, type Discrepancy } from '../model/discrepancy.ts';
import { guard } from '../model/guard.ts';
import type { Readiness } from '../model/readiness.ts';
import type { Restatement } from '../model/restatement.ts';
import { READINESS_COLUMNS } from './readiness.ts';
import { RESTATEMENT_COLUMNS } from './restatement.ts';

type Rows = readonly (readonly string[])[];

/** A number is a number, negative ones too: a spreadsheet takes them for nothing else. */
const NUMBER = /^-?\d+(\.\d+)?$/;

/** Cells of discrepancies.csv, guarded, without header. */
export function discrepancyRows(discrepancies: readonly Discrepancy[]): Rows {
  return discrepancies.map((discrepancy) =>
    DISCREPANCY_COLUMNS.map((name) => {
      const value = discrepancy[name];
      const text = Array.isArray(value) ? value.join(' ') : String(value);
      return NUMBER.test(text) ? text : guard(text);
    }),
  );
}

/** Cells of restatements.csv; old and new come from published files and are guarded already. */
export function restatementRows(restatements: readonly Restatement[]): Rows {
  return restatements.map((one) =>
    RESTATEMENT_COLUMNS.map((name) => (name === 'recordId' ? guard(one[name]) : one[name])),
  );
}

/** Cells of readiness.csv. */
export function readinessRows(readiness: readonly Readiness[]): Rows {
  return readiness.map((one) => READINESS_COLUMNS.map((name) => one[name]));
}

/** A discrepancy from its cells, the guard undone. */
export function discrepancyOf(cells: Readonly<Record<string, string | null>>): Discrepancy {
  const cell = (name: string) => cells[name] ?? '';
  const texts = Object.fromEntries(DISCREPANCY_COLUMNS.map((name) => [name, cell(name)]));
  return {
    ...(texts as unknown as Discrepancy),
    ageDays: Number(cell('ageDays')),
    relatedIds: cell('relatedIds')
      .split(' ')
      .filter((id) => id !== ''),
  };
}
