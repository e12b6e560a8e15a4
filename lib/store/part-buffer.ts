/** What is set aside for a part before it shows how much it holds. */
const FIRST_BYTES = 64 * 1024;

/** A part that holds a share of this of a whole one is taken for a large one. */
const LARGE_SHARE = 1 / 8;

/** Room for whole parts, used again by all drafts of a store. */
export interface PartRooms {
  readonly partBytes: number;
  take(): Buffer;
  giveBack(room: Buffer): void;
}

/**
 * Parts of megabytes that were made and dropped would lie about until the collector comes. So there
 * are as many rooms as parts were ever gathered or sent at one time, and no more.
 */
export function createPartRooms(partBytes: number): PartRooms {
  const free: Buffer[] = [];
  return {
    partBytes,
    take: () => free.pop() ?? Buffer.allocUnsafeSlow(partBytes),
    giveBack(room) {
      free.push(room);
    },
  };
}

export interface GatheredPart {
  readonly bytes: Uint8Array;
  /** Gives the room of the bytes back. What is not given back is collected. */
  release(): void;
}

/** Bytes on their way into parts of one size. */
export interface PartBuffer {
  /** The bytes gathered so far; the next ones are gathered in another room. */
  take(): GatheredPart;
  /** Takes in what fits and returns the rest. */
  add(bytes: Uint8Array): Uint8Array;
  readonly isFull: boolean;
  readonly byteCount: number;
}

/**
 * Grows by doubling at first: a run has dozens of drafts open at once, and most of them never hold a
 * whole part.
 */
export function createPartBuffer(rooms: PartRooms): PartBuffer {
  const { partBytes } = rooms;
  let room: Buffer = Buffer.alloc(0);
  let byteCount = 0;

  function grow(needed: number): void {
    if (needed <= room.length) return;
    const isLarge = needed > partBytes * LARGE_SHARE;
    const larger = isLarge
      ? rooms.take()
      : Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, room.length * 2, needed));
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
      const taken = room;
      const bytes = taken.subarray(0, byteCount);
      room = Buffer.alloc(0);
      byteCount = 0;
      const release = () => {
        if (taken.length === partBytes) rooms.giveBack(taken);
      };
      return { bytes, release };
    },
  };
}
