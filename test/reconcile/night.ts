import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chosenColumns } from '../../lib/columns/tables.ts';
import type { Config } from '../../lib/config.ts';
import type { Manifest, Scope } from '../../lib/contract.ts';
import { guard } from '../../lib/model/guard.ts';
import { organizationId } from '../../lib/model/ids.ts';
import type { Instant } from '../../lib/model/instant.ts';
import type { TableName } from '../../lib/model/records.ts';
import {
  type InputName,
  inputColumns,
  type LocalFile,
  SOURCES,
  type SourceName,
} from '../../lib/reconcile/files.ts';
import {
  type ReconcileOptions,
  type Reconciliation,
  reconcile,
} from '../../lib/reconcile/reconcile.ts';
import type { Rule } from '../../lib/reconcile/rule.ts';
import { encodeHeader, encodeRows } from '../../lib/snapshot/encode.ts';

/** Cells by column; what is left out, or undefined, is empty. */
export type Cells = Readonly<Record<string, string | undefined>>;

/** Rows of one table, as one source brings them. */
export interface Rows {
  readonly source: SourceName;
  readonly table: TableName;
  readonly rows: readonly Cells[];
  /** Cells as the shaper makes them, guarded, instead of `rows`. */
  readonly shaped?: readonly (readonly string[])[];
}

export interface Night {
  readonly rows?: readonly Rows[];
  readonly inputs?: Partial<Record<InputName, readonly Cells[]>>;
  /** The rules to ask; all when left out. */
  readonly roster?: readonly Rule[];
  readonly rules?: Config['rules'];
  readonly judgedAt?: string;
  readonly isNight?: boolean;
  readonly scope?: Partial<Scope>;
}

export const SCOPE: Scope = {
  organizationId: organizationId('org_1'),
  environment: 'live',
  timezone: 'UTC',
  firstDay: '2026-11-20',
  lastDay: '2026-11-20',
  collections: ['transactions', 'credit-memos'],
  filter: '',
  columnsVersion: 1,
  addedColumns: [],
  csv: { delimiter: ',', lineEnd: 'crlf', bom: true },
};

type Judging<Verdict> = (
  files: readonly LocalFile[],
  manifest: Pick<Manifest, 'scope' | 'period'>,
  options: ReconcileOptions,
) => Promise<Verdict>;

/** Writes a snapshot of these rows down as a run does, and judges it. */
export function judgedNight(night: Night): Promise<Reconciliation> {
  return writtenNight(night, reconcile);
}

/** Writes a snapshot of these rows down, for whoever judges it. */
export async function writtenNight<Verdict>(
  night: Night,
  judging: Judging<Verdict>,
): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-judged-'));
  const scope = { ...SCOPE, ...night.scope };
  const manifest: Pick<Manifest, 'scope' | 'period'> = {
    scope,
    period: { start: '2026-11-20T00:00:00Z', end: '2026-11-21T00:00:00Z' },
  };
  try {
    return await judging(await written(folder, night, scope), manifest, {
      judgedAt: Date.parse(night.judgedAt ?? '2026-11-21T06:15:00Z') as Instant,
      isNight: night.isNight ?? true,
      memoryLimit: '500MB',
      spillDirectory: join(folder, 'spill'),
      threadCount: 1,
      rules: night.rules ?? {},
      settleDays: 7,
      nowMs: () => 0,
      ...(night.roster !== undefined && { roster: night.roster }),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function written(folder: string, night: Night, scope: Scope): Promise<LocalFile[]> {
  const files: LocalFile[] = [];
  const write = async (
    name: string,
    columns: readonly string[],
    rows: readonly (readonly string[])[],
  ) => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    const body = Buffer.from(encodeRows(rows, scope.csv));
    await writeFile(path, Buffer.concat([encodeHeader(columns, scope.csv), body]));
    files.push({ name, path });
  };
  for (const { source, table, rows, shaped } of night.rows ?? []) {
    const columns = chosenColumns(table, scope.addedColumns);
    const cells = rows.map((row) =>
      columns.map(({ name, kind }) => {
        const cell = row[name] ?? '';
        return ['id', 'ids', 'text', 'enum', 'json'].includes(kind) ? guard(cell) : cell;
      }),
    );
    const names = columns.map(({ name }) => name);
    await write(`${SOURCES[source]}${table}.csv`, names, shaped ?? cells);
  }
  for (const [input, rows] of Object.entries(night.inputs ?? {})) {
    const columns = inputColumns(input as InputName);
    const cells = rows.map((row) => columns.map((name) => guard(row[name] ?? '')));
    await write(`inputs/${input}.csv`, columns, cells);
  }
  return files;
}

/** An approved payment of 100 dollars; nothing about it is wrong. */
export function payment(id: string, cells: Cells = {}): Cells {
  const created = cells['createdTime'] ?? '2026-11-20T10:00:00Z';
  const amount = 'amount' in cells ? cells['amount'] : '100.00';
  const currency = 'currency' in cells ? cells['currency'] : 'USD';
  return {
    id,
    businessDate: created.slice(0, 10),
    type: 'sale',
    status: 'completed',
    result: 'approved',
    amount,
    currency,
    createdTime: created,
    processedTime: created,
    updatedTime: created,
    'paymentInstrument.method': 'payment-card',
    'paymentInstrument.paymentInstrumentId': `inst_${id}`,
    gatewayAccountId: 'gw_1',
    gatewayTransactionId: `ref_${id}`,
    customerId: `cus_${id}`,
    invoiceIds: `in_${id}`,
    websiteId: 'web_1',
    requestId: `req_${id}`,
    requestAmount: amount,
    requestCurrency: currency,
    purchaseAmount: amount,
    purchaseCurrency: currency,
    hasAmountAdjustment: 'false',
    isReconciled: 'true',
    hadDiscrepancy: 'false',
    isProcessedOutside: 'false',
    isDisputed: 'false',
    hasDcc: 'false',
    revision: '1',
    ...cells,
  };
}

/** A child of a payment: the same customer and invoice. */
export function child(type: string, id: string, parentId: string, cells: Cells = {}): Cells {
  const family = { customerId: `cus_${parentId}`, invoiceIds: `in_${parentId}` };
  return payment(id, { type, parentTransactionId: parentId, ...family, ...cells });
}

/** An issued credit memo of 100 dollars, nothing of which is used. */
export function memo(id: string, cells: Cells = {}): Cells {
  const created = cells['createdTime'] ?? '2026-11-20T10:00:00Z';
  return {
    id,
    businessDate: created.slice(0, 10),
    number: '1',
    status: 'issued',
    reason: 'return',
    currency: 'USD',
    totalAmount: '100.00',
    unusedAmount: '100.00',
    taxAmount: '0.00',
    shippingAmount: '0.00',
    customerId: `cus_${id}`,
    createdTime: created,
    updatedTime: created,
    revision: '1',
    ...cells,
  };
}

export function allocation(creditMemoId: string, cells: Cells): Cells {
  const target = cells['transactionId'] === undefined ? 'invoice' : 'transaction';
  return { creditMemoId, target, amount: '100.00', currency: 'USD', ...cells };
}

export function line(creditMemoId: string, price: string | undefined, tax?: string): Cells {
  return { creditMemoId, quantity: '1', unitPrice: price, price, 'tax.amount': tax };
}
