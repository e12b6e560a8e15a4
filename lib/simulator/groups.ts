import { mix } from './random.ts';
import { shuffle, unshuffle } from './shuffle.ts';
import type { Timeline } from './timeline.ts';

/**
 * Related rows lie scattered over days, yet each must find the others from its index alone. So the
 * rows are cut into blocks of a power of two; in a block a keyed shuffle deals out which row is
 * which member, and eight consecutive members are a group. Their rows, in order of time, take the
 * parts of families, so a parent always comes before its children.
 */
const GROUP_BITS = 3;
/** Four million rows: more would only make families wait longer than the days below. */
const BLOCK_BITS_MAX = 22;
/** Families spread over about twelve days, as refunds do. */
const BLOCK_DAYS = 12;

interface Block {
  readonly first: number;
  readonly bits: number;
  readonly key: number;
  readonly firstGroup: number;
}

export interface Group {
  readonly number: number;
  /** The rows of the group, rising; eight of them but at the end of a collection. */
  readonly rows: readonly number[];
}

export interface Groups {
  readonly count: number;
  of(index: number): Group;
  at(number: number): Group;
}

/** No group reaches into or out of the timeline's dense second. */
export function createGroups(seed: number, timeline: Timeline, dayCount: number): Groups {
  const cuts = [0, timeline.denseFrom, timeline.denseTo, timeline.count];
  const blocks: Block[] = [];
  const bitsMax = blockBits(timeline.count, dayCount);
  let firstGroup = 0;
  for (let segment = 1; segment < cuts.length; segment++) {
    let first = cuts[segment - 1]!;
    while (first < cuts[segment]!) {
      const bits = Math.min(bitsMax, Math.floor(Math.log2(cuts[segment]! - first)));
      blocks.push({ first, bits, key: mix(seed, first), firstGroup });
      first += 2 ** bits;
      firstGroup += 2 ** Math.max(0, bits - GROUP_BITS);
    }
  }

  const groupIn = (block: Block, ordinal: number): Group => {
    const size = 1 << Math.min(GROUP_BITS, block.bits);
    const rows: number[] = [];
    for (let member = ordinal * size; member < (ordinal + 1) * size; member++) {
      insert(rows, block.first + shuffle(member, block.bits, block.key));
    }
    return { number: block.firstGroup + ordinal, rows };
  };

  return {
    count: firstGroup,
    of(index) {
      const block = lastWhere(blocks, (candidate) => candidate.first <= index);
      const member = unshuffle(index - block.first, block.bits, block.key);
      return groupIn(block, member >>> GROUP_BITS);
    },
    at(number) {
      const block = lastWhere(blocks, (candidate) => candidate.firstGroup <= number);
      return groupIn(block, number - block.firstGroup);
    },
  };
}

function blockBits(rowCount: number, dayCount: number): number {
  const rows = Math.max(1, (rowCount * BLOCK_DAYS) / dayCount);
  return Math.min(BLOCK_BITS_MAX, Math.max(GROUP_BITS, Math.round(Math.log2(rows))));
}

/** Keeps eight numbers in order; for so few nothing is faster. */
function insert(rows: number[], row: number): void {
  let place = rows.length;
  while (place > 0 && rows[place - 1]! > row) {
    rows[place] = rows[place - 1]!;
    place--;
  }
  rows[place] = row;
}

function lastWhere(blocks: readonly Block[], holds: (block: Block) => boolean): Block {
  let [low, high] = [0, blocks.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(blocks[middle]!)) low = middle;
    else high = middle;
  }
  return blocks[low]!;
}
