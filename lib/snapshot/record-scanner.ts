const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** Finds where CSV records end, in bytes that come in pieces cut anywhere. */
export interface RecordScanner {
  /** Walks over `bytes` until `limit` records have ended or the bytes have. */
  take(bytes: Uint8Array, limit: number): Stretch;
  /** True when the last byte seen ended a record, or none was seen. */
  readonly isBetweenRecords: boolean;
}

export interface Stretch {
  readonly recordCount: number;
  readonly byteCount: number;
}

/**
 * A record ends at a line feed outside of quotes, with CRLF as well as with LF. A doubled quote
 * inside a cell closes and opens the quotes again, so it needs no care. UTF-8 uses neither byte for
 * anything else.
 */
export function createRecordScanner(): RecordScanner {
  let isQuoted = false;
  let isBetweenRecords = true;
  return {
    get isBetweenRecords() {
      return isBetweenRecords;
    },
    take(bytes, limit) {
      let recordCount = 0;
      let at = 0;
      while (at < bytes.length && recordCount < limit) {
        const byte = bytes[at++];
        if (byte === QUOTE) isQuoted = !isQuoted;
        else if (byte === LINE_FEED && !isQuoted) recordCount++;
      }
      if (at > 0) isBetweenRecords = bytes[at - 1] === LINE_FEED && !isQuoted;
      return { recordCount, byteCount: at };
    },
  };
}
