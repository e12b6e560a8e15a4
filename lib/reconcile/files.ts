import { chosenColumns } from '../columns/tables.ts';
import type { Scope } from '../contract.ts';
import type { TableName } from '../model/records.ts';
import { readCsv } from './csv-text.ts';

/** A file of a snapshot, on this machine's disk. */
export interface LocalFile {
  /** As in the manifest: `transactions-2.csv`, `inputs/absent.csv`. */
  readonly name: string;
  readonly path: string;
}

/** Where rows come from, and the names of their files: the table's, with this in front. */
export const SOURCES = {
  period: '',
  changed: 'changed-',
  aged: 'inputs/aged-',
  context: 'context-',
  earlier: 'inputs/earlier-',
} as const;
export type SourceName = keyof typeof SOURCES;

/** What else rules are told, each with the columns of its file. */
export const INPUTS = {
  'prior-discrepancies': [
    'id rule severity class status firstSeen lastSeen ageDays collection recordId relatedIds',
    'customerId currency expected actual difference explanation action',
  ],
  acknowledgements: ['id expected actual reason by at'],
  absent: ['collection id'],
  gateways: ['gatewayAccountId reconciles settles lastReconciled lastSettled'],
  published: [
    'businessDate collection state since rowCount unknownCount moneyCount reconciledCount',
  ],
  volumes: ['businessDate moneyInCount newCount'],
  'money-in': ['businessDate currency count amount'],
} as const;
export type InputName = keyof typeof INPUTS;

export function inputColumns(input: InputName): readonly string[] {
  return INPUTS[input].flatMap((line) => line.split(' '));
}

/** A table's files of one source: the first, and `-2`, `-3` … where rows were too many for one. */
function filesOf(
  files: readonly LocalFile[],
  source: SourceName,
  table: TableName,
): readonly string[] {
  const pattern = new RegExp(`^${SOURCES[source]}${table}(-\\d+)?\\.csv$`);
  return files.filter(({ name }) => pattern.test(name)).map(({ path }) => path);
}

/** SQL that reads a table's files as text, cell by cell; undefined where there are none. */
export function rowsIn(
  files: readonly LocalFile[],
  source: SourceName,
  table: TableName,
  scope: Pick<Scope, 'csv' | 'addedColumns'>,
): string | undefined {
  const names = chosenColumns(table, scope.addedColumns).map(({ name }) => name);
  const paths = filesOf(files, source, table);
  return paths.length === 0 ? undefined : readCsv(paths, names, scope.csv);
}

export function inputIn(
  files: readonly LocalFile[],
  input: InputName,
  scope: Pick<Scope, 'csv'>,
): string | undefined {
  const paths = files.filter(({ name }) => name === `inputs/${input}.csv`).map(({ path }) => path);
  return paths.length === 0 ? undefined : readCsv(paths, inputColumns(input), scope.csv);
}

export const ALL_SOURCES = Object.keys(SOURCES) as readonly SourceName[];
export const ALL_INPUTS = Object.keys(INPUTS) as readonly InputName[];
