import type { Scope } from '../contract.ts';

/** SQL that reads CSV files as text, cell by cell. Its columns are those given, whatever they hold. */
export function readCsv(
  paths: readonly string[],
  columns: readonly string[],
  { delimiter }: Scope['csv'],
  options: { readonly filename?: true } = {},
): string {
  const types = columns.map((name) => `${quoted(name)}: 'VARCHAR'`).join(', ');
  return (
    `read_csv([${paths.map((path) => quoted(asPattern(path))).join(', ')}], ` +
    `columns = {${types}}, delim = ${quoted(delimiter)}, header = true, quote = '"', ` +
    `escape = '"', nullstr = '', auto_detect = false, hive_partitioning = false` +
    `${options.filename ? ', filename = true' : ''})`
  );
}

/** DuckDB takes these for wildcards. */
function asPattern(path: string): string {
  return path.replace(/[*?[]/g, '[$&]');
}

export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
