import { parseArgs } from 'node:util';
import { CONTESTANT_NAMES, type ContestantName } from './contestant.ts';

/** An API to read from, and who reads it how often. */
export interface Scenario {
  readonly rowCount: number;
  readonly latencyMs: number;
  /** Whether the API packs its answers; everybody asks for it. */
  readonly gzip: boolean;
  readonly roundCount: number;
  /** In the order in which they take turns. */
  readonly contestants: readonly ContestantName[];
}

export interface Series {
  readonly scenarios: readonly Scenario[];
  /** Whether the results replace those of `docs/benchmarks.md`. */
  readonly isPublished: boolean;
}

const PARALLEL: readonly ContestantName[] = ['tieout8', 'fetch8'];

const SMALL = {
  rowCount: 100_000,
  latencyMs: 0,
  gzip: false,
  roundCount: 2,
  contestants: CONTESTANT_NAMES,
};
const LARGE = { ...SMALL, rowCount: 1_000_000 };

/**
 * Ends in less than a quarter of an hour. Where answers are slow one round will do, as waiting does
 * not drift, and nobody needs to see a million rows read in sequence wait for 200 s.
 */
const WHOLE: readonly Scenario[] = [
  SMALL,
  { ...SMALL, latencyMs: 50, roundCount: 1 },
  { ...SMALL, latencyMs: 150, roundCount: 1 },
  { ...SMALL, gzip: true, roundCount: 1 },
  LARGE,
  { ...LARGE, latencyMs: 50, roundCount: 1, contestants: PARALLEL },
  { ...LARGE, latencyMs: 150, roundCount: 1, contestants: PARALLEL },
];

/** Without flags the whole series; with any, the part that they name, which is only printed. */
export function seriesOf(argv: readonly string[]): Series {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      rows: { type: 'string', default: '100000' },
      latency: { type: 'string', default: '0' },
      rounds: { type: 'string', default: '2' },
      only: { type: 'string', default: '' },
      gzip: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  if (argv.length === 0) return { scenarios: WHOLE, isPublished: true };
  const prefixes = values.only.split(',');
  const contestants = CONTESTANT_NAMES.filter((name) =>
    prefixes.some((prefix) => name.startsWith(prefix)),
  );
  if (contestants.length === 0) {
    throw new Error(`--only takes the beginnings of ${CONTESTANT_NAMES.join(', ')}.`);
  }
  const rest = { gzip: values.gzip, roundCount: countOf(values.rounds), contestants };
  const scenarios = values.rows.split(',').flatMap((rows) =>
    values.latency.split(',').map((latency) => ({
      rowCount: countOf(rows),
      latencyMs: countOf(latency),
      ...rest,
    })),
  );
  return { scenarios, isPublished: values.write };
}

function countOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`'${text}' is no whole number.`);
}
