/** What is set aside for a part before it shows how much it holds. */
const FIRST_BYTES = 64 * 1024;

/** Bytes on their way into parts of one size. */
export interface PartBuffer {
  /** The bytes gathered so far. They stay as they are until those after them are taken too. */
  take(): Uint8Array;
  /** Takes in what fits and returns the rest. */
  add(bytes: Uint8Array): Uint8Array;
  readonly isFull: boolean;
  readonly byteCount: number;
}

/**
 * Grows by doubling up to the first part: a run has dozens of drafts open at once, and most of them
 * never hold a whole one. From then on two buffers take turns, one filled while the other is sent.
 */
export function createPartBuffer(partBytes: number): PartBuffer {
  let room = Buffer.alloc(0);
  let spare: typeof room | undefined;
  let byteCount = 0;

  function grow(needed: number): void {
    if (needed <= room.length) return;
    const doubled = spare ? partBytes : Math.max(FIRST_BYTES, room.length * 2, needed);
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
      [room, spare] = [spare ?? Buffer.alloc(0), room];
      byteCount = 0;
      return part;
    },
  };
}
