import { CONTRACTS, chosenColumns } from '../../lib/columns/tables.ts';
import { minorUnits } from '../../lib/model/currency.ts';
import { guard } from '../../lib/model/guard.ts';
import { decimalText, parseDecimal, settle } from '../../lib/model/money.ts';
import { isObject, isRawNumber, type JsonObject, rawNumber } from '../../lib/model/records.ts';
import { timeText } from '../../lib/snapshot/cell.ts';

// The plain way from a transaction's JSON to its row: JSON.parse, and then column by column. What
// the product does in one pass over the bytes is held against it.

const { columns: KNOWN, ignored, nullableObjects } = CONTRACTS.transactions;
type Column = (typeof KNOWN)[number];

export function plainRow(json: string, addedColumns: readonly string[]) {
  const columns = chosenColumns('transactions', addedColumns);
  const unread = [...ignored, ...KNOWN.filter((column) => !columns.includes(column)).map(nameOf)];
  const record = parse(json) as JsonObject;
  const cells: Record<string, string> = Object.fromEntries(columns.map(({ name }) => [name, '']));
  const drift: string[] = [];
  const faults: [column: string, raw: string][] = [];

  function readMembers(holder: JsonObject, prefix: string): void {
    for (const [member, value] of Object.entries(holder)) {
      const path = prefix + member;
      const column = columns.find(({ name }) => name === path);
      const isEntered = columns.some(({ name }) => name.startsWith(`${path}.`));
      if (column) readColumn(column, value, holder);
      else if (isEntered && isObject(value as never)) readMembers(value as JsonObject, `${path}.`);
      else if (isEntered && value !== null) faults.push([path, JSON.stringify(value)]);
      else if (isEntered && !nullableObjects.includes(path)) drift.push(`unexpected-null ${path}`);
      else if (!isEntered && !unread.some((name) => `${name}.`.startsWith(`${path}.`))) {
        drift.push(`unknown-member ${path}`);
      }
    }
  }

  function readColumn(column: Column, value: unknown, holder: JsonObject): void {
    if (value === null) {
      if (!column.nullable) drift.push(`unexpected-null ${column.name}`);
      return;
    }
    const note = (kind: string, more = '') => drift.push(`${kind} ${column.name}${more}`);
    const cell = cellOf(column, value, holder, note);
    if (cell === undefined) faults.push([column.name, JSON.stringify(value)]);
    else cells[column.name] = cell;
  }

  readMembers(record, '');
  for (const { name, always } of columns) {
    if (always && record[name] === undefined) drift.push(`missing-member ${name}`);
  }
  return { cells, drift: drift.sort(), faults };
}

function nameOf({ name }: Column): string {
  return name;
}

function parse(json: string): unknown {
  // Only where it must be: see `jsonTexts`.
  if (!/[\d.]{16}|e400/.test(json)) return JSON.parse(json);
  const keepDigits = (_: string, value: unknown, context?: { source?: string }) => {
    const { source = '' } = typeof value === 'number' ? (context ?? {}) : {};
    const isLost = source.length > 15 || (source !== '' && !Number.isFinite(value));
    return isLost ? rawNumber(source) : value;
  };
  return JSON.parse(json, keepDigits);
}

type Note = (kind: string, more?: string) => void;

function cellOf(column: Column, value: unknown, holder: JsonObject, note: Note) {
  switch (column.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'integer':
    case 'decimal':
    case 'money':
      return numberCell(column, value, holder, note);
    case 'ids':
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
        ? guard(value.join(' '))
        : undefined;
    case 'json':
      return typeof value === 'object' && !isRawNumber(value)
        ? guard(JSON.stringify(sorted(value)))
        : undefined;
  }
  if (typeof value !== 'string') return undefined;
  if (column.kind === 'time') return timeText(value);
  if (column.kind === 'date') return /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined;
  if (column.values && !column.values.includes(value)) {
    note('unknown-value', ` ${value.slice(0, 100)}`);
  }
  return guard(value);
}

function numberCell({ kind, currency }: Column, value: unknown, holder: JsonObject, note: Note) {
  const text = isRawNumber(value) ? value.rawJSON : typeof value === 'number' ? `${value}` : '';
  // A double beyond all doubles is no amount, however it was written.
  const sent = Number.isFinite(Number(text)) || text.length > 15 ? parseDecimal(text) : undefined;
  if (sent === undefined) return undefined;
  const unit = holder[currency?.split('.').at(-1) ?? ''];
  const digits = kind === 'integer' ? 0 : typeof unit === 'string' ? minorUnits(unit) : undefined;
  if (kind === 'decimal' || digits === undefined) {
    if (kind === 'money' && decimalText(sent).startsWith('-')) note('unusual-sign');
    return decimalText(sent);
  }
  const { amount, noisy } = settle(sent, digits);
  if (kind === 'integer') return amount.scale === 0 ? decimalText(amount) : undefined;
  if (noisy) note('binary-noise');
  if (decimalText(amount).startsWith('-')) note('unusual-sign');
  return decimalText(amount);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, item]) => [name, sorted(item)]));
}
