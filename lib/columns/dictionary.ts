import { TABLES, type TableName } from '../model/records.ts';
import { type Column, KINDS } from './column.ts';
import { CONTROL_TOTAL_MEANINGS, MEASURES } from './control-totals.ts';
import { CONTRACTS } from './tables.ts';

const HEAD = `# The columns

Every column of every table: what it is called, what it holds, what it means, where it comes from.
This page is made from the program's own column contract; a test keeps it current.

**How cells are written**

- **Names** are the API's own; a dot leads into an object: \`gateway.response.code\` is the \`code\`
  of the \`response\` of the \`gateway\`. Columns are only ever added, behind the others; none is
  renamed or moved.
- **An empty cell** means that the API sent nothing or null. (A value of the wrong kind leaves its
  cell empty too; the manifest then lists it under \`cellFaults\`.)
- **Amounts** are exact, in major units with a point: \`1234.50\`. They have at least the decimals
  of their currency (ISO 4217: JPY 0, USD 2, KWD 3) and every further digit that was sent. Amounts
  of a currency without ISO 4217 decimals, such as a cryptocurrency, stand as they were sent. The
  sign is the API's, which sends refunds as positive amounts as far as is known: \`type\` tells the
  direction.
- **Times** are UTC, \`2026-11-20T23:59:59Z\`, to the second; a fraction that was sent stays. Only
  \`businessDate\` is local: the day in the time zone of the books (the manifest names it).
- **Text that a spreadsheet would take for a formula** (it starts with \`=\`, \`+\`, \`-\`, \`@\`,
  a tab, a carriage return or \`'\`) has one \`'\` in front. Take exactly one away to have what the
  API sent. Columns of the kinds id, ids, text, enum and json may have it; amounts and other numbers
  never do: a negative amount is a number.
- **Long digits** (\`arn\`, \`bin\`) are text: tell the spreadsheet so when it asks, or it rounds
  them.
- **Personal data** is left out. \`columns.add\` in the configuration lets a column in by its name;
  they stand under *on request* below, and in the files behind all other columns.
`;

/** What a reader does with control-totals.csv. */
const CONTROL_TOTALS = `## control-totals.csv

Counts and sums to tie to. Each line is one group of rows at the finest grain; nothing is added up
twice within a measure. **Take one measure, and add up or pivot its lines as you like, but never two
currencies.** Amounts have no direction of their own: \`type\` tells what came in and what went out,
and only \`result\` approved with \`voided\` false moved money.

- By day created: \`created\` = \`created-and-processed\` + \`created-processed-on-another-day\` +
  \`created-not-processed\`.
- By day processed, the bridge to the books: \`processed\` = \`created-and-processed\` +
  \`processed-created-on-another-day\`. It knows the rows of this snapshot only: what was created
  before and processed in the period stands in the snapshots of the days before.
- Credit memos, by the day of the memo and the currency of the amount: \`issued\` =
  \`allocated-to-invoices\` + \`allocated-to-transactions\` + \`unused\` + \`voided\`. Where it
  does not tie, Rebilly's own figures of a memo do not.
- Balances, by currency: \`carried-forward\` = \`brought-forward\` + \`unused\`. They add up the
  unused credit of each day's memos as that day's snapshot read them. What was spent of an older
  memo since then is not taken off, so it is no balance of the customers' credit today.

The totals of a range are the sum of those of its days, balances apart, as long as rows do not
change.
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
  return [HEAD, kindsSection(), ...TABLES.map(tableSection), controlTotalsSection()].join('\n');
}

function kindsSection(): string {
  return ['**Kinds**', '', ...pairs(['kind', 'the cell holds'], KINDS), ''].join('\n');
}

function controlTotalsSection(): string {
  const columns = pairs(['column', 'meaning'], CONTROL_TOTAL_MEANINGS);
  const measures = pairs(['measure', 'adds up'], MEASURES);
  return [CONTROL_TOTALS, ...columns, '', ...measures, ''].join('\n');
}

/** A table of names and their meanings. */
function pairs(
  [name, meaning]: readonly [string, string],
  entries: Readonly<Record<string, string>>,
): readonly string[] {
  const rows = Object.entries(entries).map(([key, value]) => `| \`${key}\` | ${value} |`);
  return [`| ${name} | ${meaning} |`, '|---|---|', ...rows];
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
