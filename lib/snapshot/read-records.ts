import type { Scope } from '../contract.ts';
import { Fault } from '../model/fault.ts';

type Format = Scope['csv'];

/**
 * Reads CSV back, cells as they were before quoting. It forgives nothing that the writer never
 * writes: a stray quote, a row of another length, a last row without its line end, bytes that are
 * no UTF-8. Fault: `SNAPSHOT_DAMAGED`, with the file's name and the record's number.
 */
export async function* readRecords(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  format: Format,
): AsyncGenerator<readonly string[], undefined> {
  const lineEnd = format.lineEnd === 'crlf' ? '\r\n' : '\n';
  const cellsOf = createCellReader(format.delimiter);
  let recordCount = 0;
  let cellCount: number | undefined;

  for await (const text of recordTexts(name, bytes, lineEnd)) {
    recordCount += 1;
    const isFirst = recordCount === 1;
    const cells = cellsOf(isFirst && format.bom ? text.replace(/^\uFEFF/, '') : text);
    cellCount ??= cells?.length;
    if (cells === undefined) throw damaged(name, `record ${recordCount} has a stray quote`);
    if (cells.length !== cellCount) {
      throw damaged(name, `record ${recordCount} has ${cells.length} cells, not ${cellCount}`);
    }
    yield cells;
  }
}

/** The text of each record, without its line end; line ends inside of quotes belong to it. */
async function* recordTexts(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  lineEnd: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  for await (const chunk of bytes) {
    text += decode(name, () => decoder.decode(chunk, { stream: true }));
    let start = 0;
    let end = text.indexOf(lineEnd);
    while (end >= 0) {
      const record = text.slice(start, end);
      if (hasOpenQuote(record)) {
        end = text.indexOf(lineEnd, end + lineEnd.length);
        continue;
      }
      yield record;
      start = end + lineEnd.length;
      end = text.indexOf(lineEnd, start);
    }
    text = text.slice(start);
  }
  text += decode(name, () => decoder.decode());
  if (text !== '') throw damaged(name, 'its last record has no end');
}

/** Quotes come in pairs, doubled ones inside of a cell too. */
function hasOpenQuote(record: string): boolean {
  let isOpen = false;
  for (let at = record.indexOf('"'); at >= 0; at = record.indexOf('"', at + 1)) isOpen = !isOpen;
  return isOpen;
}

/** Undefined for a record with a quote where none may be. */
function createCellReader(delimiter: string): (record: string) => readonly string[] | undefined {
  const separator = RegExp.escape(delimiter);
  const cell = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^"${separator}]*))(${separator}|$)`, 'y');
  return (record) => {
    // Most records have no quote at all, and splitting is ten times as fast.
    if (!record.includes('"')) return record.split(delimiter);
    const cells: string[] = [];
    for (cell.lastIndex = 0; ; ) {
      const found = cell.exec(record);
      if (found === null) return undefined;
      const [, quoted, plain, end] = found;
      cells.push(quoted?.replaceAll('""', '"') ?? plain!);
      if (end === '') return cells;
    }
  };
}

function decode(name: string, read: () => string): string {
  try {
    return read();
  } catch {
    // A fatal decoder has nothing more to say than this.
    throw damaged(name, 'its text is no UTF-8');
  }
}

function damaged(name: string, clause: string): Fault {
  return new Fault(
    'SNAPSHOT_DAMAGED',
    `${name} is no well-formed CSV: ${clause}.`,
    'Do not use this snapshot: restore it from a copy, or run the period again.',
  );
}
