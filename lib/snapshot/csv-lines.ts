import { isGuarded } from '../model/guard.ts';
import { BACKSLASH, QUOTE } from '../model/json-bytes.ts';
import { type CsvFormat, LINE_ENDS } from './encode.ts';

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
const LAST_ASCII = 0x7f;

/** What a byte of a JSON string means for a cell that would be copied as it stands. */
const PLAIN = 0;
const PLAIN_BUT_FIRST = 1;
const NEVER_PLAIN = 2;

const FIRST_ROOM = 4 * 1024;

/** UTF-8 takes three bytes at most for each unit of a JavaScript text. */
const BYTES_A_UNIT = 3;

/** Room for what surrounds a cell: two quotes and a delimiter, or a line's end. */
const AROUND = 3;

/** Bytes that stand one after the other in a file. */
export interface Lines {
  readonly bytes: Buffer;
  readonly rowCount: number;
}

/**
 * Body lines of a CSV file in the making (RFC 4180): cells one after the other, from the bytes of
 * an answer wherever they can be copied. No text is made of such a cell, and none to join it with
 * others: a page has 81,000 of them. A test holds the bytes against csv-stringify's.
 */
export class CsvLines {
  /** A cell in front of each line. */
  lead: string | undefined;
  readonly #delimiter: number;
  readonly #lineEnd: Buffer;
  readonly #needsQuotes: RegExp;
  readonly #meanings = new Uint8Array(256);
  #bytes = Buffer.allocUnsafeSlow(FIRST_ROOM);
  #length = 0;
  #rowCount = 0;

  constructor({ delimiter, lineEnd }: CsvFormat) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#lineEnd = Buffer.from(LINE_ENDS[lineEnd]);
    this.#needsQuotes = new RegExp(`["\\r\\n${delimiter}]`);
    for (let byte = 0; byte <= LAST_ASCII; byte += 1) {
      // Inside of a text what is guarded means nothing.
      if (isGuarded(byte)) this.#meanings[byte] = PLAIN_BUT_FIRST;
    }
    const quoted = [QUOTE, BACKSLASH, CARRIAGE_RETURN, LINE_FEED, this.#delimiter];
    for (const byte of quoted) this.#meanings[byte] = NEVER_PLAIN;
  }

  beginLine(): void {
    if (this.lead !== undefined) this.text(this.lead);
  }

  empty(): void {
    this.#room(0);
    this.#bytes[this.#length] = this.#delimiter;
    this.#length += 1;
  }

  /**
   * Copies a cell from within a JSON string, or a word or numeral. False, and nothing is written,
   * where the cell would differ from that: for the sake of an escape, a guard, or quotes.
   */
  copy(from: Buffer, start: number, end: number): boolean {
    const bytes = this.#room(end - start);
    const meanings = this.#meanings;
    if (start < end && meanings[from[start]!] !== PLAIN) return false;
    let length = this.#length;
    for (let at = start; at < end; at += 1) {
      const byte = from[at]!;
      if (meanings[byte] === NEVER_PLAIN) return false;
      bytes[length] = byte;
      length += 1;
    }
    bytes[length] = this.#delimiter;
    this.#length = length + 1;
    return true;
  }

  /** Writes some more of the cell before, which is not quoted; none of it needs to be. */
  append(ascii: string): void {
    const bytes = this.#room(ascii.length);
    this.#length += bytes.write(ascii, this.#length - 1, 'latin1');
    bytes[this.#length - 1] = this.#delimiter;
  }

  /** Copies UTF-8 in quotes, each quote of its own doubled. */
  copyQuoted(from: Buffer, start: number, end: number): void {
    const bytes = this.#room((end - start) * 2);
    let length = this.#length;
    bytes[length] = QUOTE;
    length += 1;
    for (let at = start; at < end; at += 1) {
      const byte = from[at]!;
      bytes[length] = byte;
      length += 1;
      if (byte !== QUOTE) continue;
      bytes[length] = QUOTE;
      length += 1;
    }
    bytes[length] = QUOTE;
    bytes[length + 1] = this.#delimiter;
    this.#length = length + 2;
  }

  /** A cell as it shall be read: guarded already, not yet quoted. */
  text(cell: string): void {
    const bytes = this.#room(cell.length);
    const meanings = this.#meanings;
    let length = this.#length;
    for (let at = 0; at < cell.length; at += 1) {
      const code = cell.charCodeAt(at);
      if (code > LAST_ASCII || meanings[code] === NEVER_PLAIN) {
        this.#oddText(cell);
        return;
      }
      bytes[length] = code;
      length += 1;
    }
    bytes[length] = this.#delimiter;
    this.#length = length + 1;
  }

  #oddText(cell: string): void {
    if (this.#needsQuotes.test(cell)) {
      const encoded = Buffer.from(cell);
      this.copyQuoted(encoded, 0, encoded.length);
      return;
    }
    const bytes = this.#room(cell.length * BYTES_A_UNIT);
    this.#length += bytes.write(cell, this.#length);
    bytes[this.#length] = this.#delimiter;
    this.#length += 1;
  }

  /** A line has one cell at least: its end stands instead of the last one's delimiter. */
  endLine(): void {
    this.#room(0);
    this.#length -= 1;
    this.#length += this.#lineEnd.copy(this.#bytes, this.#length);
    this.#rowCount += 1;
  }

  /** The lines since they were taken last. */
  take(): Lines {
    const lines = {
      bytes: Buffer.from(this.#bytes.subarray(0, this.#length)),
      rowCount: this.#rowCount,
    };
    this.#length = 0;
    this.#rowCount = 0;
    return lines;
  }

  /** Where there is room for a cell of so many bytes and all around it. */
  #room(byteCount: number): Buffer {
    const needed = this.#length + byteCount + AROUND;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(needed * 2);
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}
