import type { Nastiness } from '../../lib/simulator/nastiness.ts';
import type { WorldOptions } from '../../lib/simulator/world.ts';

/** What a name of `--nasty` means: for the server, for the rows, or for both. */
export interface Nasty {
  readonly meaning: string;
  readonly server?: Partial<Nastiness>;
  readonly world?: Partial<Pick<WorldOptions, 'fractions' | 'oddities'>>;
  /** Rows of one second at noon of the last day. */
  readonly denseRowCount?: number;
}

/** Few enough that a run gets through, often enough that an ordinary one meets each of them. */
export const NASTY = {
  ties: { meaning: 'rows of one instant change places', server: { shuffleTies: true } },
  clamp: { meaning: 'large offsets are answered silently', server: { offsetBeyond: 'clamp' } },
  cap: { meaning: 'totals stop at 5,000', server: { totalCap: 5_000 } },
  errors: {
    meaning: 'some answers are 5xx',
    server: { mishaps: { 'server-error': 0.04, 'html-error': 0.02 } },
  },
  cuts: {
    meaning: 'some bodies are cut or no JSON array',
    server: { mishaps: { 'cut-json': 0.02, 'short-body': 0.02, 'html-success': 0.01 } },
  },
  resets: {
    meaning: 'some connections break',
    server: { mishaps: { 'reset-early': 0.03, 'reset-late': 0.03 } },
  },
  throttle: { meaning: 'some answers are 429 for 5 s', server: { mishaps: { throttle: 0.05 } } },
  moving: { meaning: 'rows change while they are read', server: { mutateRows: 0.05 } },
  skew: { meaning: "the server's clock is 90 s ahead", server: { serverClockSkewMs: 90_000 } },
  fractions: { meaning: 'times have fractions of a second', world: { fractions: true } },
  odd: { meaning: 'unknown fields, nulls and formulas', world: { oddities: true } },
  narrow: {
    meaning: 'neither id nor updatedTime can be filtered by',
    server: { unfilterable: ['id', 'updatedTime'] },
  },
  dense: { meaning: '2,500 rows of one second, at noon of the last day', denseRowCount: 2_500 },
} as const satisfies Readonly<Record<string, Nasty>>;

export type NastyName = keyof typeof NASTY;
export const NASTY_NAMES = Object.keys(NASTY) as NastyName[];

/** Several names at once; the mishaps of all of them may happen. */
export function nastinessOf(names: readonly NastyName[]): {
  readonly server: Partial<Nastiness>;
  readonly world: NonNullable<Nasty['world']>;
  readonly denseRowCount: number;
} {
  const chosen: readonly Nasty[] = names.map((name) => NASTY[name]);
  const mishaps = Object.assign({}, ...chosen.map(({ server }) => server?.mishaps));
  return {
    server: { ...Object.assign({}, ...chosen.map(({ server }) => server)), mishaps },
    world: Object.assign({}, ...chosen.map(({ world }) => world)),
    denseRowCount: Math.max(0, ...chosen.map((nasty) => nasty.denseRowCount ?? 0)),
  };
}
