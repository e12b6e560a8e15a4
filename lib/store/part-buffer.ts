/** What is set aside for a part before it shows how much it holds. */
const FIRST_BYTES = 64 * 1024;

/** Bytes on their way into parts of one size. */
export interface PartBuffer {
  /** The bytes gathered so far; the next part begins with the next byte added. */
  take(): Uint8Array;
  /** Takes in what fits and returns the rest. */
  add(bytes: Uint8Array): Uint8Array;
  readonly isFull: boolean;
  readonly byteCount: number;
}

/**
 * Grows by doubling: a run has dozens of drafts open at once, and most of them never hold a whole
 * part. What is taken is never written to again.
 */
export function createPartBuffer(partBytes: number): PartBuffer {
  let room = Buffer.alloc(0);
  let byteCount = 0;

  function grow(needed: number): void {
    if (needed <= room.length) return;
    const doubled = Math.max(FIRST_BYTES, room.length * 2, needed);
    const larger = Buffer.allocUnsafeSlow(Math.min(partBytes, doubled));
    room.copy(larger, 0, 0, byteCount);
    room = larger;
  }

  return {
    get isFull() {
      return byteCount === partBytes;
    },
    get byteCount() {
      return byteCount;
    },
    add(bytes) {
      const fitting = bytes.subarray(0, partBytes - byteCount);
      grow(byteCount + fitting.length);
      room.set(fitting, byteCount);
      byteCount += fitting.length;
      return bytes.subarray(fitting.length);
    },
    take() {
      const part = room.subarray(0, byteCount);
      room = Buffer.alloc(0);
      byteCount = 0;
      return part;
    },
  };
}
