/** Buffers that were read and may be filled again. */
export interface Buffers {
  /** One of at least so many bytes. */
  take(byteCount: number): Buffer;
  putBack(body: Buffer): void;
}

/** Bodies smaller than this are not worth keeping; counts and errors are. */
const SMALLEST_KEPT = 256 * 1024;

/** Room above what was asked for, since the next page is a little longer. */
const ROOM = 1.25;

/**
 * Keeps as many buffers as there are connections. Megabytes that are made and dropped for each page
 * would lie about until the collector comes, and it does not come for their sake.
 */
export function createBuffers(most: number): Buffers {
  const kept: Buffer[] = [];
  return {
    take(byteCount) {
      const at = kept.findIndex((buffer) => buffer.length >= byteCount);
      if (at >= 0) return kept.splice(at, 1)[0]!;
      // A buffer that is too small for this page is too small for those that follow.
      kept.pop();
      return Buffer.allocUnsafeSlow(Math.ceil(byteCount * ROOM));
    },
    putBack(body) {
      const { buffer, byteLength } = body;
      if (byteLength < SMALLEST_KEPT || kept.length >= most) return;
      kept.push(Buffer.from(buffer as ArrayBuffer));
    },
  };
}

/** A body while it arrives. */
export interface GrowingBody {
  add(chunk: Buffer): void;
  whole(): Buffer;
}

/** `expected` is what `Content-Length` says, or 0. */
export function growingBody(buffers: Buffers, expected: number): GrowingBody {
  let buffer = expected === 0 ? Buffer.alloc(0) : buffers.take(expected);
  let length = 0;
  return {
    add(chunk) {
      if (length + chunk.length > buffer.length) {
        const larger = buffers.take((length + chunk.length) * 2);
        buffer.copy(larger, 0, 0, length);
        buffer = larger;
      }
      chunk.copy(buffer, length);
      length += chunk.length;
    },
    whole: () => buffer.subarray(0, length),
  };
}
