import type { TableName } from '../model/records.ts';
import { TABLES } from '../model/records.ts';
import { type Column, KINDS } from './column.ts';
import { CONTRACTS } from './tables.ts';

const HEAD = `# The columns

Every column of every table: what it is called, what it holds, what it means, where it comes from.
This page is made from the program's own column contract; a test keeps it current.

**How cells are written**

- **Names** are the API's own; a dot leads into an object: \`gateway.response.code\` is the \`code\`
  of the \`response\` of the \`gateway\`. Columns are only ever added, at the end of their group;
  none is renamed or moved.
- **An empty cell** means that the API sent nothing or null. (A value of the wrong kind leaves its
  cell empty too; the manifest then lists it under \`cellFaults\`.)
- **Amounts** are exact, in major units with a point: \`1234.50\`. They have at least the decimals of
  their currency (ISO 4217: JPY 0, USD 2, KWD 3) and every further digit that was sent. Amounts of a
  currency without ISO 4217 decimals, such as a cryptocurrency, stand as they were sent. The sign is
  the API's: refunds come as positive amounts, and \`type\` tells the direction.
- **Times** are UTC, \`2026-11-20T23:59:59Z\`, to the second; a fraction that was sent stays. Only
  \`businessDate\` is local: the day in the time zone of the books (the manifest names it).
- **Text that a spreadsheet would take for a formula** (it starts with \`=\`, \`+\`, \`-\`, \`@\`, a tab, a
  carriage return or \`'\`) has one \`'\` in front. Take exactly one away to have what the API
  sent. Columns of the kinds id, ids, text, enum and json may have it; amounts and other numbers
  never do.
- **Long digits** (\`arn\`, \`bin\`) are text: tell the spreadsheet so when it asks, or it rounds them.
- **Personal data** is left out. \`columns.add\` in the configuration lets a column in by its name;
  the tables below mark those columns as *on request*.
`;

const TITLES: Readonly<Record<TableName, string>> = {
  transactions: 'One row for each transaction that was created in the period.',
  'credit-memos': 'One row for each credit memo that was created in the period.',
  'credit-memo-items':
    'The lines of those credit memos. Join `creditMemoId` to `id` of credit-memos.csv.',
  'credit-memo-allocations':
    'What those credit memos were used for. Join `creditMemoId` to `id` of credit-memos.csv.',
};

/** `docs/columns.md`. */
export function columnDictionary(): string {
  return [HEAD, kindsSection(), ...TABLES.map(tableSection)].join('\n');
}

function kindsSection(): string {
  const rows = Object.entries(KINDS).map(([kind, meaning]) => `| ${kind} | ${meaning} |`);
  return ['**Kinds**', '', '| kind | the cell holds |', '|---|---|', ...rows, ''].join('\n');
}

function tableSection(table: TableName): string {
  const { columns } = CONTRACTS[table];
  const lines = [`## ${table}.csv`, '', TITLES[table], '', ...columnTable(byDefault(columns))];
  const onRequest = columns.filter(({ personal }) => personal);
  if (onRequest.length > 0) {
    lines.push('', `### ${table}.csv, on request`, '', ...columnTable(onRequest));
  }
  return [...lines, ''].join('\n');
}

function byDefault(columns: readonly Column[]): readonly Column[] {
  return columns.filter(({ personal }) => personal === undefined);
}

function columnTable(columns: readonly Column[]): readonly string[] {
  const rows = columns.map(
    (column) => `| \`${column.name}\` | ${column.kind} | ${meaningOf(column)} | ${column.source} |`,
  );
  return ['| column | kind | meaning | source |', '|---|---|---|---|', ...rows];
}

function meaningOf({ meaning, values }: Column): string {
  return values === undefined
    ? meaning
    : `${meaning} Known values: ${values.map((value) => `\`${value}\``).join(' ')}.`;
}
