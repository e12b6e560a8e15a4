import { createHash } from 'node:crypto';
import type { Receipt } from '../contract.ts';

/** Digests bytes while they pass; `receipt` tells what has passed so far and may be asked again. */
export interface ReceiptMaker {
  add(bytes: Uint8Array, rowCount: number): void;
  receipt(): Receipt;
}

export function createReceipt(): ReceiptMaker {
  const hash = createHash('sha256');
  let rowCount = 0;
  let byteCount = 0;
  return {
    add(bytes, addedRowCount) {
      hash.update(bytes);
      byteCount += bytes.length;
      rowCount += addedRowCount;
    },
    receipt: () => ({ rowCount, byteCount, sha256: hash.copy().digest('hex') }),
  };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** What differs between a receipt and what was found, as a clause for a sentence; '' for nothing. */
export function receiptDifference(expected: Receipt, found: Receipt): string {
  if (found.byteCount !== expected.byteCount) {
    return `has ${found.byteCount} bytes, its receipt says ${expected.byteCount}`;
  }
  if (found.sha256 !== expected.sha256) {
    return `has the SHA-256 ${found.sha256}, its receipt says ${expected.sha256}`;
  }
  if (found.rowCount !== expected.rowCount) {
    return `has ${found.rowCount} rows, its receipt says ${expected.rowCount}`;
  }
  return '';
}
