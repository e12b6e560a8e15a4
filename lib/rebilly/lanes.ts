import type { Lane } from '../contract.ts';
import { Fault } from '../model/fault.ts';
import { type EpochSecond, secondText } from '../model/instant.ts';
import type { CollectionName } from '../model/records.ts';
import { joinFilters, timeRange } from './filter.ts';
import { PAGE_LIMIT, type Questions } from './source.ts';

export interface LaneQuestion {
  readonly collection: CollectionName;
  readonly from: EpochSecond;
  readonly to: EpochSecond;
  /** The user's own filter, or ''. */
  readonly filter: string;
  /** Rows a lane should hold, about. */
  readonly laneRows: number;
  /** Lanes that are read side by side. */
  readonly concurrency: number;
}

export interface LanePlan {
  readonly lanes: readonly Lane[];
  readonly rowCount: number;
  /** What the API counts at most, where that was noticed. */
  readonly totalCap: number | undefined;
}

/** A span of time and what it counts, both ends in. */
interface Span {
  readonly from: EpochSecond;
  readonly to: EpochSecond;
  readonly count: number;
}

/** 25 halvings take a year to one second. */
const MOST_HALVINGS = 25;

/** Below this a lane's own questions (its last page, its count) cost more than they gain. */
const LEAST_LANE_ROWS = 2 * PAGE_LIMIT;

/**
 * Cuts a period into lanes of about equal rows. Counts decide, a `limit=1` question each, and only
 * as many as there are lanes: half of a span is asked for, the other half is the rest. That is an
 * estimate (rows at the middle count on both sides); the proof of a lane is its reader's own.
 */
export async function planLanes(source: Questions, question: LaneQuestion): Promise<LanePlan> {
  const { collection, from, to } = question;
  const count = counter(source, question);
  const whole: Span = { from, to, count: await count(from, to) };
  const totalCap = await findCap(whole, count);
  const size = laneSize(whole.count, question);
  const spans = await cut([whole], 0, {
    // A span half again too large is left alone: halving it would make lanes that are too small.
    most: totalCap === undefined ? Math.max(size * 1.5, 2 * LEAST_LANE_ROWS) : totalCap - 1,
    count,
    bothHalves: totalCap !== undefined,
  });
  const lanes = spans.map((span, index) => ({
    collection,
    index,
    from: span.from,
    to: span.to,
    rowEstimate: span.count,
  }));
  const rowCount = spans.reduce((sum, span) => sum + span.count, 0);
  return { lanes, rowCount, totalCap };
}

/**
 * The same fact on a second path: after the last lane the whole period is counted once more. A row
 * that came late into a lane already proven would show here and nowhere else.
 */
export async function proveWhole(
  source: Questions,
  question: Pick<LaneQuestion, 'collection' | 'from' | 'to' | 'filter'>,
  keptCount: number,
): Promise<void> {
  const { collection, from, to } = question;
  const count = counter(source, question);
  const whole = await count(from, to);
  if (whole === keptCount) return;
  // The period is half-open, the filter is not: rows on its far edge are the next period's.
  const owned = whole - (await count(to, to));
  if (owned === keptCount) return;
  throw new Fault(
    'INCOMPLETE',
    `${collection} from ${secondText(from)} to ${secondText(to)}: ${keptCount} rows received, and ` +
      `${owned} counted when all were read.`,
    'The period moved while it was read: nothing was published; run again, without --resume.',
  );
}

function laneSize(count: number, { laneRows, concurrency }: LaneQuestion): number {
  const shared = Math.ceil(count / concurrency);
  return Math.max(LEAST_LANE_ROWS, Math.min(laneRows, shared));
}

type Count = (from: EpochSecond, to: EpochSecond) => Promise<number>;

/** Counts spans of one collection, both ends in; the same span is asked for once. */
function counter(
  source: Questions,
  { collection, filter }: Pick<LaneQuestion, 'collection' | 'filter'>,
): Count {
  const known = new Map<string, Promise<number>>();
  return (from, to) => {
    const range = timeRange('createdTime', from, to);
    const counted = known.get(range) ?? source.count(collection, joinFilters(range, filter));
    known.set(range, counted);
    return counted;
  };
}

/**
 * Where two halves count more than the whole, totals are capped, and a capped total proves nothing.
 * Rows at the very middle are counted by both halves and are no sign of it. Where one half counts
 * as much as the whole, the sign can only be inside that half.
 */
async function findCap(whole: Span, count: Count): Promise<number | undefined> {
  let { from, to } = whole;
  while (whole.count > PAGE_LIMIT && to - from > 1) {
    const middle = middleOf({ from, to });
    const [left, right, both] = await Promise.all([
      count(from, middle),
      count(middle, to),
      count(middle, middle),
    ]);
    if (left + right - both > whole.count) return whole.count;
    if (left < whole.count && right < whole.count) return undefined;
    if (left === whole.count) to = middle;
    else from = middle;
  }
  return undefined;
}

interface Cutting {
  /** Rows above which a span is halved. */
  readonly most: number;
  readonly count: Count;
  /** Under a cap the rest of a span is not what its other half leaves. */
  readonly bothHalves: boolean;
}

/** All halves of one depth are asked for side by side; the order of time is kept. */
async function cut(spans: readonly Span[], depth: number, cutting: Cutting): Promise<Span[]> {
  const large = (span: Span) => span.to - span.from > 1 && span.count > cutting.most;
  if (depth >= MOST_HALVINGS || !spans.some(large)) return [...spans];
  const halves = await Promise.all(
    spans.map((span) => (large(span) ? halve(span, cutting) : [span])),
  );
  return cut(halves.flat(), depth + 1, cutting);
}

async function halve(span: Span, { count, bothHalves }: Cutting): Promise<Span[]> {
  const middle = middleOf(span);
  const [left, right] = await Promise.all([
    count(span.from, middle),
    bothHalves ? count(middle, span.to) : undefined,
  ]);
  return [
    { from: span.from, to: middle, count: left },
    { from: middle, to: span.to, count: right ?? Math.max(0, span.count - left) },
  ];
}

function middleOf({ from, to }: Pick<Span, 'from' | 'to'>): EpochSecond {
  return (from + Math.floor((to - from) / 2)) as EpochSecond;
}
