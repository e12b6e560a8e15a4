/** The first index in `[low, high)` of which a fact holds that holds for all after it; or `high`. */
export function firstIndex(low: number, high: number, holds: (index: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = from + ((to - from) >>> 1);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
