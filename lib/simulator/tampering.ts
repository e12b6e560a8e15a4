import type { Nastiness, Occurrence } from './nastiness.ts';

/** Takes the rows of an answer, gives those that are sent; headers go on counting the former. */
export type Tampering = (indexes: readonly number[]) => readonly number[];

/**
 * Lies that only a reader who counts can see. They befall answers of two rows and more: a probe of
 * one row would show nothing. `once` is once for a collection.
 */
export function tampering({ hideRow, doubleRow }: Nastiness): Tampering {
  const hides = occurs(hideRow);
  const doubles = occurs(doubleRow);
  return (indexes) => {
    const middle = indexes.length >>> 1;
    if (middle === 0) return indexes;
    if (hides()) return indexes.toSpliced(middle, 1);
    if (doubles()) return indexes.with(middle, indexes[middle - 1]!);
    return indexes;
  };
}

function occurs(occurrence: Occurrence): () => boolean {
  let left = { never: 0, once: 1, always: Infinity }[occurrence];
  return () => {
    if (left === 0) return false;
    left -= 1;
    return true;
  };
}
