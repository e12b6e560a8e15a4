import { COLUMNS_VERSION, type Manifest } from '../lib/contract.ts';
import { Fault } from '../lib/model/fault.ts';
import {
  type Difference,
  type DifferenceSide,
  openDifference,
} from '../lib/reconcile/difference.ts';
import type { DatabaseLimits } from '../lib/reconcile/duckdb.ts';
import type { LocalFile } from '../lib/reconcile/files.ts';

/** One of two snapshots, found whole. */
export interface Side {
  /** As the person named it. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly files: readonly LocalFile[];
}

/**
 * Opens two snapshots of the same rows side by side, field by field: the second is told as what
 * became of the first. Fault: `SNAPSHOTS_INCOMPARABLE`.
 */
export function diff(first: Side, second: Side, limits: DatabaseLimits): Promise<Difference> {
  assertComparable(first, second);
  return openDifference(sideOf(first), sideOf(second), limits);
}

function sideOf({ manifest, files }: Side): DifferenceSide {
  const pathOf = new Map(files.map(({ name, path }) => [name, path]));
  const tables = manifest.files.map((file) => ({ ...file, path: pathOf.get(file.name)! }));
  return { files: tables, scope: manifest.scope };
}

/** What has to be the same for a record that only one of them has to mean anything. */
function factsOf({ scope, period, view }: Manifest): Readonly<Record<string, string>> {
  return {
    organization: scope.organizationId,
    environment: scope.environment,
    'time zone': scope.timezone,
    'first day': scope.firstDay,
    'last day': scope.lastDay,
    start: period.start,
    end: period.end,
    collections: scope.collections.join(', '),
    filter: scope.filter,
    view,
    'version of the columns': String(scope.columnsVersion),
  };
}

function assertComparable(first: Side, second: Side): void {
  const theirs = factsOf(second.manifest);
  for (const [fact, ours] of Object.entries(factsOf(first.manifest))) {
    if (ours === theirs[fact]) continue;
    throw incomparable(
      `${first.folder} has the ${fact} '${ours}', and ${second.folder} has '${theirs[fact]}'.`,
      'Name two runs of one period, read with the same settings.',
    );
  }
  const { columnsVersion } = first.manifest.scope;
  if (columnsVersion === COLUMNS_VERSION) return;
  throw incomparable(
    `Both have version ${columnsVersion} of the columns; this Tieout compares ${COLUMNS_VERSION}.`,
    'Use the Tieout that wrote them.',
  );
}

function incomparable(message: string, remedy: string): Fault {
  return new Fault('SNAPSHOTS_INCOMPARABLE', message, remedy);
}
